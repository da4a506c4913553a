package org.asyncio4j.spi.internal.sendfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.hooks.FileSink;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a file, block by block on the default executor, and passes each block to a sink.
 */
public final class FileCopy {

  private final NetworkLoop loop;
  private final FileRegion region;
  private final int blockBytes;
  private long sent;

  public FileCopy(NetworkLoop loop, FileRegion region, int blockBytes) {
    this.loop = loop;
    this.region = region;
    this.blockBytes = blockBytes;
  }

  /** Suspends the current task. Returns the number of bytes that the sink took. */
  public long into(FileSink sink) throws IOException {
    switch (region.file()) {
      case FileRegion.OfPath(Path path) -> {
        try (FileChannel opened = open(path)) {
          copy(opened, sink);
        }
      }
      case FileRegion.OfChannel(FileChannel channel) -> {
        try {
          copy(channel, sink);
        } finally {
          moveBehind(channel);
        }
      }
    }
    return sent;
  }

  private FileChannel open(Path path) throws IOException {
    Opening opening = new Opening();
    try {
      return loop.eventLoop()
          .runInExecutor(() -> opening.open(path))
          .awaitThrowing(IOException.class);
    } catch (CancelledError cancelled) {
      opening.abandon();
      throw cancelled;
    }
  }

  /** A cancelled read continues for a while, so each copy has its own buffer. */
  private void copy(FileChannel channel, FileSink sink) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(blockBytes);
    long left = region.count().orElse(Long.MAX_VALUE);
    while (left > 0) {
      block.clear().limit((int) Math.min(left, blockBytes));
      long position = region.offset() + sent;
      int read =
          loop.eventLoop()
              .runInExecutor(() -> channel.read(block, position))
              .awaitThrowing(IOException.class);
      if (read <= 0) {
        return;
      }
      block.flip();
      try {
        sink.take(block);
      } finally {
        sent += block.position(); // even if the wait for it was cancelled
      }
      left -= read;
    }
  }

  private void moveBehind(FileChannel channel) throws IOException {
    if (sent > 0 && channel.isOpen()) {
      FileChannel _ = channel.position(region.offset() + sent);
    }
  }

  /** The opening of a file: after the task was cancelled, the executor may still open it. */
  private static final class Opening {

    private @Nullable FileChannel opened;
    private boolean abandoned;

    FileChannel open(Path path) throws IOException {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      synchronized (this) {
        if (!abandoned) {
          opened = channel;
          return channel;
        }
      }
      channel.close();
      throw new ClosedChannelException();
    }

    synchronized void abandon() throws IOException {
      abandoned = true;
      if (opened != null) {
        opened.close();
      }
    }
  }
}
