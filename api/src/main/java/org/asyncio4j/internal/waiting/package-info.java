/**
 * How tasks wait for several futures. Only {@code Asyncio} uses this package; the public part is in
 * {@code org.asyncio4j.tasks}.
 */
@NullMarked
package org.asyncio4j.internal.waiting;

import org.jspecify.annotations.NullMarked;
