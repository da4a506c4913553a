package org.asyncio4j.spi.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A datagram that waits to be sent.
 *
 * @param data its bytes, possibly none, on the heap
 * @param to the address to send to; {@code null} for the peer of a connected socket
 */
public record PendingDatagram(ByteBuffer data, @Nullable SocketAddress to) {}
