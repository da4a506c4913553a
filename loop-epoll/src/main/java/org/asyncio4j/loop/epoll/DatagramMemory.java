package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Holds datagrams during a system call if their buffers are on the heap, where addresses are not
 * stable; and a {@code struct group_req}.
 */
final class DatagramMemory {

  /** One byte more than the longest datagram, so that the system rejects longer ones. */
  static final int CAPACITY = 64 * 1024;

  // struct group_req { uint32_t gr_interface; struct sockaddr_storage gr_group; }
  private static final int GROUP_ADDRESS = 8;
  static final int GROUP_SIZE = GROUP_ADDRESS + 128;

  /** More than Linux accepts from Unix sockets, unless its limits were raised considerably. */
  static final int UNIX_CAPACITY = 1024 * 1024;

  private final Arena arena;
  private MemorySegment bytes;
  private final MemorySegment group;

  DatagramMemory(Arena arena) {
    this.arena = arena;
    bytes = arena.allocate(CAPACITY, 64);
    group = arena.allocate(GROUP_SIZE, 8);
  }

  /**
   * Returns the memory of a buffer, or room for as many bytes, up to a limit. The call that
   * receives the segment checks and holds memory of the application.
   */
  MemorySegment of(ByteBuffer buffer, int longest) {
    if (buffer.isDirect()) {
      return MemorySegment.ofBuffer(buffer);
    }
    int size = Math.min(buffer.remaining(), longest);
    if (size > bytes.byteSize()) {
      bytes = arena.allocate(longest, 64); // rare, and at most once
    }
    return bytes.asSlice(0, size);
  }

  /** Copies the bytes of a buffer into the segment that {@link #of} returns. */
  MemorySegment filled(ByteBuffer source, int longest) {
    MemorySegment segment = of(source, longest);
    if (!source.isDirect()) {
      MemorySegment.copy(MemorySegment.ofBuffer(source), 0, segment, 0, segment.byteSize());
    }
    return segment;
  }

  /** Returns a group and the interface on which to join or leave it. */
  MemorySegment group(SocketAddress address, short family, int index) {
    int ignored = SocketAddressCodec.encode(address, family, group.asSlice(GROUP_ADDRESS));
    group.set(JAVA_INT, 0, index);
    return group;
  }
}
