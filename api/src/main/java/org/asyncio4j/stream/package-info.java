/**
 * Streams: connections that tasks read from and write to, without protocols of their own.
 *
 * <p>Application authors enter here through {@code Asyncio.openConnection} and {@code
 * Asyncio.startServer}. Nothing is {@code null} unless marked.
 *
 * <p>The thread rule: everything here belongs to the loop of its connection, and is for tasks and
 * callbacks of that loop alone. While the loop runs, methods that read, write, wait or close refuse
 * other threads with {@link java.lang.WrongThreadException} and change nothing; {@code
 * loop.callSoonThreadsafe} is the way in. Those that only look ({@code isClosing}, {@code atEof},
 * {@code exception}, {@code extraInfo}, {@code toString}) may be called from any thread, and may
 * see an older state there. Methods that wait are for tasks; they throw {@link
 * java.lang.IllegalStateException} where they would have to wait elsewhere.
 *
 * <p>Cancelling a task that reads loses no byte: what has arrived is there for the next read.
 *
 * <p>A connection has to be closed through its {@link org.asyncio4j.stream.StreamWriter}. One whose
 * reader and writer were both forgotten before that is closed by the garbage collector, and the
 * loop's exception handler hears of it.
 */
@NullMarked
package org.asyncio4j.stream;

import org.jspecify.annotations.NullMarked;
