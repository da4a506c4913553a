package org.asyncio4j.internal.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Rejects buffers whose memory cannot be used: it was freed with its {@link
 * java.lang.foreign.Arena}, or belongs to another thread.
 *
 * <p>They are rejected before an operation has any effect, so the caller gets the exception and
 * nothing else changes. If another thread frees the memory after that, the code that touches it
 * gets the exception.
 */
public final class BufferChecks {

  private BufferChecks() {}

  /**
   * Checks that bytes can be taken from a buffer. Reads one byte if the buffer is direct, and
   * allocates nothing.
   *
   * @param buffer the buffer
   * @param operation the name of the method that it was passed to, for the message
   * @throws IllegalStateException if the memory was freed
   * @throws WrongThreadException if the memory belongs to another thread
   */
  public static void requireReadable(ByteBuffer buffer, String operation) {
    // Heap memory lives as long as its buffer, and all threads may use it.
    if (buffer.isDirect()) {
      requireMemory(buffer, operation, "returns");
    }
  }

  /**
   * Checks that bytes can be put into a buffer, as {@link #requireReadable} does.
   *
   * @param buffer the buffer
   * @param operation the name of the method that it was passed to, for the message
   * @throws IllegalArgumentException if the buffer is read-only
   * @throws IllegalStateException if the memory was freed
   * @throws WrongThreadException if the memory belongs to another thread
   */
  public static void requireWritable(ByteBuffer buffer, String operation) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException(
          "cannot call %s: %s is read-only; pass a writable buffer".formatted(operation, buffer));
    }
    requireReadable(buffer, operation);
  }

  /**
   * Checks a buffer that a {@link org.asyncio4j.net.BufferedProtocol} has provided.
   *
   * @param lent what {@code getBuffer} returned
   * @return the buffer
   * @throws IllegalStateException if it has no room or is read-only, or if its memory was freed
   * @throws WrongThreadException if the memory belongs to another thread
   */
  public static ByteBuffer requireRoom(ByteBuffer lent) {
    if (!lent.hasRemaining() || lent.isReadOnly()) {
      throw new IllegalStateException(
          "getBuffer() must return a writable buffer with room between position and limit: %s%s"
              .formatted(lent, lent.isReadOnly() ? ", which is read-only" : ""));
    }
    if (lent.isDirect()) {
      requireMemory(lent, "bufferUpdated", "is called");
    }
    return lent;
  }

  private static void requireMemory(ByteBuffer buffer, String operation, String end) {
    try {
      if (buffer.hasRemaining()) {
        byte ignored = buffer.get(buffer.position());
      } else {
        requireAccess(MemorySegment.ofBuffer(buffer));
      }
    } catch (IllegalStateException freed) {
      throw new IllegalStateException(
          "cannot call %s: the memory of %s was freed; keep its arena open until %s %s"
              .formatted(operation, buffer, operation, end),
          freed);
    } catch (WrongThreadException foreign) {
      throw wrongThread(buffer, operation, foreign);
    }
  }

  private static void requireAccess(MemorySegment empty) {
    if (!empty.scope().isAlive()) {
      throw new IllegalStateException("Already closed");
    }
    if (!empty.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException("Attempted access outside owning thread");
    }
  }

  private static WrongThreadException wrongThread(
      ByteBuffer buffer, String operation, WrongThreadException cause) {
    WrongThreadException thrown =
        new WrongThreadException(
            "cannot call %s: the memory of %s belongs to another thread; allocate it in Arena.ofShared() or Arena.ofAuto()"
                .formatted(operation, buffer));
    WrongThreadException _ = (WrongThreadException) thrown.initCause(cause);
    return thrown;
  }
}
