package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a connection still has to write: copies, which the application cannot change.
 *
 * <p>Chunks may be lent to the system for a write that ends later. Until it has ended, the lent
 * bytes do not change and the chunks do not return to the pool, even if the connection is lost
 * before that.
 */
final class WriteBuffer {

  private final ChunkPool pool;
  private final GatherArray gather;

  // The bytes from position to limit are pending; the last chunk may have room after its limit.
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
  private long size;
  private int lent; // chunks, from the first
  private List<ByteBuffer> orphans = List.of(); // that were lent when the connection was lost

  WriteBuffer(ChunkPool pool, GatherArray gather) {
    this.pool = pool;
    this.gather = gather;
  }

  long size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Adds a copy of bytes to the end.
   *
   * @param source the bytes; its position is at its limit afterwards
   * @throws IllegalStateException if its memory was freed, perhaps during this call; the position
   *     shows how many bytes were copied
   */
  void append(ByteBuffer source) {
    ByteBuffer last = chunks.peekLast();
    try {
      while (source.hasRemaining()) {
        if (last == null || last.limit() == last.capacity()) {
          last = pool.take(source.remaining()).limit(0);
          chunks.addLast(last);
        }
        copy(source, last);
      }
    } finally {
      if (isEmpty()) {
        clear(); // return an unused chunk to the pool
      }
    }
  }

  /**
   * Writes the first bytes, as many as the system takes in one system call.
   *
   * @param backend writes the bytes
   * @throws IOException if the connection was lost
   */
  void writeTo(StreamBackend backend) throws IOException {
    if (chunks.size() == 1) {
      size -= backend.write(chunks.getFirst());
    } else {
      size -= gather.write(backend, chunks);
    }
    giveBackWritten();
  }

  /**
   * Lends the first chunks to the system, with about as many bytes as it takes at once.
   *
   * @return views of them, whose positions may be moved
   * @throws IllegalStateException if chunks are lent already
   */
  List<ByteBuffer> lend() {
    if (lent > 0 || !orphans.isEmpty()) {
      throw new IllegalStateException(
          "cannot lend buffers for writing: a write is under way; report its end first");
    }
    List<ByteBuffer> views = new ArrayList<>();
    long bytes = 0;
    for (ByteBuffer chunk : chunks) {
      if (views.size() == GatherArray.MAX_BUFFERS || bytes >= GatherArray.ENOUGH_BYTES) {
        break;
      }
      views.add(chunk.duplicate());
      bytes += chunk.remaining();
    }
    lent = views.size();
    return views;
  }

  /**
   * Takes back the lent chunks.
   *
   * @param count the number of bytes that the system has taken, from the first
   * @throws IllegalArgumentException if fewer were lent
   */
  void taken(long count) {
    if (!orphans.isEmpty()) {
      orphans.forEach(pool::giveBack);
      orphans = List.of();
      return;
    }
    long left = count;
    for (ByteBuffer chunk : chunks) {
      if (lent == 0) {
        break;
      }
      lent--;
      int part = (int) Math.min(left, chunk.remaining());
      chunk.position(chunk.position() + part);
      left -= part;
    }
    size -= count - left;
    giveBackWritten();
    if (left > 0) {
      throw new IllegalArgumentException(
          "cannot count %d bytes as written: only %d were lent".formatted(count, count - left));
    }
  }

  /** Removes all bytes. */
  void clear() {
    if (lent > 0) {
      orphans = chunks.stream().limit(lent).toList();
    }
    for (; lent > 0; lent--) {
      ByteBuffer _ = chunks.removeFirst();
    }
    chunks.forEach(pool::giveBack);
    chunks.clear();
    size = 0;
  }

  private void giveBackWritten() {
    while (!chunks.isEmpty() && !chunks.getFirst().hasRemaining()) {
      pool.giveBack(chunks.removeFirst());
    }
  }

  private void copy(ByteBuffer source, ByteBuffer chunk) {
    int start = chunk.limit();
    int count = Math.min(source.remaining(), chunk.capacity() - start);
    int end = start;
    try {
      chunk.limit(start + count).put(start, source, source.position(), count);
      end = start + count;
    } finally {
      chunk.limit(end); // the rest holds bytes of another connection
    }
    source.position(source.position() + count);
    size += count;
  }
}
