/**
 * Streams: connections that tasks read from and write to directly, without a protocol.
 *
 * <p>Application authors start with {@code Asyncio.openConnection} and {@code Asyncio.startServer}.
 * Nothing is {@code null} unless marked.
 *
 * <p>The thread rule: everything here belongs to the loop of its connection, and may be used only
 * by tasks and callbacks of that loop. While the loop is running, methods that read, write, wait or
 * close throw {@link java.lang.WrongThreadException} on other threads and change nothing; use
 * {@code loop.callSoonThreadsafe} there. Query methods ({@code isClosing}, {@code atEof}, {@code
 * exception}, {@code extraInfo}, {@code toString}) may be called from any thread, where they may
 * return an older state. Methods that wait are for tasks; if they have to wait elsewhere, they
 * throw {@link java.lang.IllegalStateException}.
 *
 * <p>Cancelling a reading task loses no byte: bytes that have arrived stay for the next read.
 *
 * <p>A connection must be closed through its {@link org.asyncio4j.stream.StreamWriter}. If its
 * reader and writer become unreachable before that, the connection is closed by the garbage
 * collector, and this is reported to the loop's exception handler.
 */
@NullMarked
package org.asyncio4j.stream;

import org.jspecify.annotations.NullMarked;
