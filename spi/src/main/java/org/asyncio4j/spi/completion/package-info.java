/**
 * A whole loop over a system that does I/O on request and reports what it has done: io_uring, IOCP,
 * asynchronous channels, threads that block. Authors of drivers implement {@link
 * org.asyncio4j.spi.completion.CompletionPort} and {@link
 * org.asyncio4j.spi.completion.CompletionSockets} and pass both to {@link
 * org.asyncio4j.spi.completion.CompletionEventLoop}.
 *
 * <p>The rules about memory, which SPEC.md repeats: a buffer that is passed to an operation belongs
 * to the system from the call until the operation is completed, also if the connection is aborted
 * or closed before. asyncio4j neither reads, changes nor reuses it meanwhile. Every operation is
 * completed exactly once, inside {@link org.asyncio4j.spi.completion.CompletionPort#poll}; closing
 * a socket does not take that back.
 *
 * <p>Everything is called on the loop's thread, one call at a time, unless a method says otherwise.
 */
@NullMarked
package org.asyncio4j.spi.completion;

import org.jspecify.annotations.NullMarked;
