/**
 * How several futures are waited for. Only the front door enters; what users see of it is in {@code
 * org.asyncio4j.tasks}.
 */
@NullMarked
package org.asyncio4j.internal.waiting;

import org.jspecify.annotations.NullMarked;
