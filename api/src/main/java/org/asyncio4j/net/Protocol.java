package org.asyncio4j.net;

import java.nio.ByteBuffer;

/** A protocol that receives data: {@code asyncio.Protocol}. */
public non-sealed interface Protocol extends StreamProtocol {

  /**
   * Called when data arrives. Chunks do not correspond to the writes of the peer.
   *
   * <p>The buffer belongs to the loop, which reads into it again: it is valid until this method
   * returns. To keep the data, copy it. The buffer may be passed directly to {@link
   * WriteTransport#write(ByteBuffer)}.
   *
   * @param data the data, from position to limit, at least one byte
   */
  void dataReceived(ByteBuffer data);
}
