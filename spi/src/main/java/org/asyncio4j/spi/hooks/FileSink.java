package org.asyncio4j.spi.hooks;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the blocks of a file, one after the other. */
@FunctionalInterface
public interface FileSink {

  /**
   * Takes a block, suspending the current task until there is room for the next one.
   *
   * @param block the bytes from position to limit, all of which are taken; the block is reused
   *     afterwards. If this method throws, the position shows how many bytes were taken
   * @throws IOException if the connection was lost
   */
  void take(ByteBuffer block) throws IOException;
}
