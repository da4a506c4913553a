/**
 * Sockets for direct use ({@code loop.sock_recv} and the like in asyncio), and what describes a
 * socket: its options, addresses and peers, and the part of a file that is sent over it.
 *
 * <p>The thread rule of {@link org.asyncio4j.net} holds here, too: a socket belongs to its loop.
 */
@NullMarked
package org.asyncio4j.net.socket;

import org.jspecify.annotations.NullMarked;
