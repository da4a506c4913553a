package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.FileSink;

/** Sends a part of a file over a socket, in bounded pieces between which other tasks run. */
final class FileSender {

  /** Small enough that reading a piece from disk does not block the loop for long. */
  static final long PIECE_BYTES = 256 * 1024;

  // As asyncio does for sockets.
  private static final int BLOCK_BYTES = 256 * 1024;

  /** Suspends the current task, or checks whether it may continue. */
  @FunctionalInterface
  interface Step {
    void take() throws IOException;
  }

  private final ReadinessEventLoop loop;
  private final StreamSocket socket;
  private final FileRegion region;
  private long sent;

  FileSender(ReadinessEventLoop loop, StreamSocket socket, FileRegion region) {
    this.loop = loop;
    this.socket = socket;
    this.region = region;
  }

  /**
   * Lets the system send the part, or reads and sends it.
   *
   * @param fallback whether to read the file if the system cannot send it
   * @param awaitRoom waits until the socket may take more
   * @param check throws if the socket is gone
   * @param sink takes the bytes that were read
   * @return the number of bytes sent
   */
  long run(boolean fallback, Step awaitRoom, Step check, FileSink sink) throws IOException {
    try {
      return run(awaitRoom, check);
    } catch (SendFileNotAvailableException unavailable) {
      if (!fallback) {
        throw unavailable;
      }
    }
    check.take();
    return loop.copied(region, BLOCK_BYTES, sink);
  }

  /** Lets the system send the part. */
  long run(Step awaitRoom, Step check) throws IOException {
    try (SendableFile file = loop.openFile(region.file())) {
      send(file, awaitRoom, check);
      return sent;
    } finally {
      moveBehind();
    }
  }

  private void send(SendableFile file, Step awaitRoom, Step check) throws IOException {
    long left = region.count().orElse(Long.MAX_VALUE);
    while (left > 0) {
      long piece = sendPiece(file, Math.min(left, PIECE_BYTES));
      if (piece < 0) {
        return;
      }
      if (piece == 0) {
        awaitRoom.take();
        continue;
      }
      sent += piece;
      left -= piece;
      if (left > 0) {
        Awaiter.yieldOnce();
        check.take();
      }
    }
  }

  private long sendPiece(SendableFile file, long count) throws IOException {
    try {
      return socket.sendFile(file, region.offset() + sent, count);
    } catch (SendFileNotAvailableException late) {
      if (sent > 0) {
        throw new IOException("cannot send the rest of the file: " + late.getMessage(), late);
      }
      throw late;
    }
  }

  private void moveBehind() throws IOException {
    if (sent > 0
        && region.file() instanceof FileRegion.OfChannel(FileChannel channel)
        && channel.isOpen()) {
      FileChannel _ = channel.position(region.offset() + sent);
    }
  }
}
