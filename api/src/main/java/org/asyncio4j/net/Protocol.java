package org.asyncio4j.net;

import java.nio.ByteBuffer;

/** A protocol that is handed what arrives: {@code asyncio.Protocol}. */
public non-sealed interface Protocol extends StreamProtocol {

  /**
   * Called when data arrives. Chunks have nothing to do with how the peer wrote them.
   *
   * <p>The buffer belongs to the loop, which reads into it again: it is valid until this method
   * returns. Whoever keeps data copies it. It may be handed to {@link
   * WriteTransport#write(ByteBuffer)} as it is.
   *
   * @param data what arrived, from position to limit, at least one byte
   */
  void dataReceived(ByteBuffer data);
}
