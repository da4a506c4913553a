/**
 * Connections and datagram endpoints: transports, the protocols that they call, and servers.
 *
 * <p>Application authors start here for callback-style networking. Everything must be called on the
 * loop's thread, and protocols are called there; nothing is {@code null} unless marked. This
 * package does not use futures and tasks: methods that wait suspend the calling task.
 *
 * <p>The thread rule: a transport, server or socket belongs to its loop. While the loop is running,
 * the methods that change it, wait, or use its descriptor throw {@link
 * java.lang.WrongThreadException} on other threads and change nothing, in debug mode or not; use
 * {@code loop.callSoonThreadsafe} there. While the loop is not running, any one thread may call
 * them. Query methods ({@code isClosing}, {@code isReading}, {@code protocol}, {@code extraInfo},
 * sizes, limits and addresses, {@code sockets}, {@code toString}) may be called from any thread,
 * where they may return an older state.
 *
 * <p>Start with {@link org.asyncio4j.net.Protocol} and {@link org.asyncio4j.net.Networking}. Serves
 * the chapters <i>TCP client</i>, <i>TCP server</i>, <i>flow control</i>, <i>end of file and
 * errors</i> and <i>UDP</i> of the loop authors' specification.
 */
@NullMarked
package org.asyncio4j.net;

import org.jspecify.annotations.NullMarked;
