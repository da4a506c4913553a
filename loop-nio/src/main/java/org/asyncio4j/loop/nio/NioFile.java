package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.driver.SendableFile;

/**
 * A file to be sent.
 *
 * @param channel the file
 * @param owned whether this object closes the channel
 */
record NioFile(FileChannel channel, boolean owned) implements SendableFile {

  static NioFile open(FileRegion.Source source) throws IOException {
    return switch (source) {
      case FileRegion.OfPath(var path) ->
          new NioFile(FileChannel.open(path, StandardOpenOption.READ), true);
      case FileRegion.OfChannel(var channel) -> new NioFile(channel, false);
    };
  }

  @Override
  public void close() {
    if (owned) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // Nothing was written to it.
      }
    }
  }
}
