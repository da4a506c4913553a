package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A socket that bytes are read from without waiting. */
@FunctionalInterface
public interface ByteSource {

  /**
   * Reads what is there, once.
   *
   * @param target a buffer with room; its position moves by what was read
   * @return the number of bytes, 0 if there is nothing now, -1 if the peer will send no more
   * @throws IOException if the connection was lost
   */
  int read(ByteBuffer target) throws IOException;
}
