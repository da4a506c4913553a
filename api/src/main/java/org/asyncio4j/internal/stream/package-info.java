/**
 * The implementation of streams, between a transport and the tasks that read and write. Only {@code
 * Asyncio} uses this package; the public part is in {@code org.asyncio4j.stream}.
 */
@NullMarked
package org.asyncio4j.internal.stream;

import org.jspecify.annotations.NullMarked;
