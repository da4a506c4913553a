package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What a connection still has to write: copies, so that nobody can change it any more. */
final class WriteBuffer {

  private final ChunkPool pool;
  private final GatherArray gather;

  // Bytes from position to limit wait; the last chunk may have room behind its limit.
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
  private long size;

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
   * Copies bytes to the end.
   *
   * @param source the bytes; its position is at its limit afterwards
   * @throws IllegalStateException if its memory was freed, perhaps meanwhile; the position says how
   *     many bytes were copied
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
        clear(); // a chunk into which nothing was copied is for other connections
      }
    }
  }

  /**
   * Writes from the front what the system takes, by one system call.
   *
   * @param socket where to write
   * @throws IOException if the connection was lost
   */
  void writeTo(StreamSocket socket) throws IOException {
    if (chunks.size() == 1) {
      size -= socket.write(chunks.getFirst());
    } else {
      size -= gather.write(socket, chunks);
    }
    while (!chunks.isEmpty() && !chunks.getFirst().hasRemaining()) {
      pool.giveBack(chunks.removeFirst());
    }
  }

  /** Forgets everything. */
  void clear() {
    chunks.forEach(pool::giveBack);
    chunks.clear();
    size = 0;
  }

  private void copy(ByteBuffer source, ByteBuffer chunk) {
    int start = chunk.limit();
    int count = Math.min(source.remaining(), chunk.capacity() - start);
    int end = start;
    try {
      chunk.limit(start + count).put(start, source, source.position(), count);
      end = start + count;
    } finally {
      chunk.limit(end); // what was not copied is not to be written: it is of another connection
    }
    source.position(source.position() + count);
    size += count;
  }
}
