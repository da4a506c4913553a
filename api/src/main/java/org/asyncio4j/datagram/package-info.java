/**
 * Datagrams for tasks: {@link org.asyncio4j.datagram.DatagramEndpoint} sends and receives in direct
 * style, over a {@link org.asyncio4j.net.DatagramTransport}.
 *
 * <p>asyncio has no counterpart, although its users have requested one. An endpoint belongs to the
 * loop of the task that opened it, and only tasks and callbacks of that loop may use it: while the
 * loop is running, other threads get {@link java.lang.WrongThreadException}. Its transport, its
 * address and {@code toString} are available on any thread. Nothing is {@code null} unless marked.
 */
@NullMarked
package org.asyncio4j.datagram;

import org.jspecify.annotations.NullMarked;
