/**
 * Connections and endpoints of datagrams: transports, the protocols that they drive, and servers.
 *
 * <p>Application authors enter here for callback-style networking. Everything is called on the
 * loop's thread, and calls protocols there; nothing is {@code null} unless marked. This package
 * knows nothing of futures and tasks: methods that wait suspend the task that calls them.
 *
 * <p>The thread rule: a transport, server or socket belongs to its loop. While the loop is running,
 * the methods that change it, wait, or use its descriptor refuse other threads with {@link
 * java.lang.WrongThreadException} and change nothing, in debug mode or not; {@code
 * loop.callSoonThreadsafe} is the way in. While the loop does not run any one thread may call them.
 * Methods that only look ({@code isClosing}, {@code isReading}, {@code protocol}, {@code
 * extraInfo}, sizes, limits and addresses, {@code sockets}, {@code toString}) may be called from
 * any thread, and may see an older state there.
 *
 * <p>Start with {@link org.asyncio4j.net.Protocol} and {@link org.asyncio4j.net.Networking}. Serves
 * the chapters <i>TCP client</i>, <i>TCP server</i>, <i>flow control</i>, <i>end of file and
 * errors</i> and <i>UDP</i> of the loop authors' specification.
 */
@NullMarked
package org.asyncio4j.net;

import org.jspecify.annotations.NullMarked;
