package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Where datagrams are while a system call works on them, if their buffers are on the heap, which
 * has no addresses that last; and a {@code struct group_req}.
 */
final class DatagramMemory {

  /** One byte more than the longest datagram, so that the system refuses what is too long. */
  static final int CAPACITY = 64 * 1024;

  // struct group_req { uint32_t gr_interface; struct sockaddr_storage gr_group; }
  private static final int GROUP_ADDRESS = 8;
  static final int GROUP_SIZE = GROUP_ADDRESS + 128;

  /** More than Linux takes from Unix sockets, unless somebody has raised its limits a lot. */
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
   * Where the bytes of a buffer are, or where there is room for as many, up to a limit. Memory that
   * is not ours is checked and held by the call that the segment is passed to.
   */
  MemorySegment of(ByteBuffer buffer, int longest) {
    if (buffer.isDirect()) {
      return MemorySegment.ofBuffer(buffer);
    }
    int size = Math.min(buffer.remaining(), longest);
    if (size > bytes.byteSize()) {
      bytes = arena.allocate(longest, 64); // rare, and never again
    }
    return bytes.asSlice(0, size);
  }

  /** Copies the bytes of a buffer to where {@link #of} says. */
  MemorySegment filled(ByteBuffer source, int longest) {
    MemorySegment segment = of(source, longest);
    if (!source.isDirect()) {
      MemorySegment.copy(MemorySegment.ofBuffer(source), 0, segment, 0, segment.byteSize());
    }
    return segment;
  }

  /** A group and the interface on which to join or leave it. */
  MemorySegment group(SocketAddress address, short family, int index) {
    int ignored = SocketAddressCodec.encode(address, family, group.asSlice(GROUP_ADDRESS));
    group.set(JAVA_INT, 0, index);
    return group;
  }
}
