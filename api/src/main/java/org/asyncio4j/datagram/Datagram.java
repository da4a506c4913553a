package org.asyncio4j.datagram;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A datagram that was received.
 *
 * @param data the bytes, from position to limit; may be empty. The buffer is not shared and belongs
 *     to the caller that received the datagram
 * @param from the address of the sender
 */
public record Datagram(ByteBuffer data, SocketAddress from) {

  /** Checks the components. */
  public Datagram {
    requireNonNull(data, "data");
    requireNonNull(from, "from");
  }
}
