package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A socket that bytes are read from without waiting. */
@FunctionalInterface
public interface ByteSource {

  /**
   * Reads the available bytes, once.
   *
   * @param target a buffer with room; its position advances by the number of bytes read
   * @return the number of bytes read, 0 if none is available now, -1 if the peer will send no more
   * @throws IOException if the connection was lost
   */
  int read(ByteBuffer target) throws IOException;
}
