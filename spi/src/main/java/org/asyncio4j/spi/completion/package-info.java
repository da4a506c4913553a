/**
 * A complete loop over a system that performs requested I/O and reports its completion: io_uring,
 * IOCP, asynchronous channels, blocking threads. Authors of drivers implement {@link
 * org.asyncio4j.spi.completion.CompletionPort} and {@link
 * org.asyncio4j.spi.completion.CompletionSockets} and pass both to {@link
 * org.asyncio4j.spi.completion.CompletionEventLoop}. {@link
 * org.asyncio4j.spi.completion.CompletionQueue} serves those whose operations end on other threads.
 *
 * <p>Rules for memory, also in SPEC.md: a buffer that is passed to an operation belongs to the
 * system from the call until the operation is completed, even if the connection is aborted or
 * closed before that. Until then asyncio4j does not read, change or reuse the buffer. Every
 * operation is completed exactly once, inside {@link
 * org.asyncio4j.spi.completion.CompletionPort#poll}, even if its socket was closed.
 *
 * <p>Unless a method says otherwise, it is called on the loop's thread, one call at a time.
 */
@NullMarked
package org.asyncio4j.spi.completion;

import org.jspecify.annotations.NullMarked;
