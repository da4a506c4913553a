package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one driver passes to system calls: parameters, results and errno. One call at a
 * time uses it, from whichever thread.
 *
 * <p>The garbage collector frees it, because sockets may outlive their poller: they need it for
 * their last calls. The description of the package lists all memory that calls see.
 */
final class CallMemory {

  private static final int ADDRESS_CAPACITY = 112;

  /** Where calls leave errno. */
  final MemorySegment state;

  /** Room for a {@code sockaddr_un}, the largest of the addresses. */
  final MemorySegment address;

  /** Room for a {@code struct ip_mreqn}, the largest of the options. */
  final MemorySegment option;

  /** The buffers of a gathering write. */
  final GatherVector vector;

  /** The sockets that these calls have opened. */
  final OpenDescriptors sockets = new OpenDescriptors();

  // One arena for all: the errno memory is a parameter of every call and so keeps all of it alive
  // meanwhile.
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment length;
  private final MemorySegment timespec;
  private @Nullable DatagramMemory datagrams;

  CallMemory() {
    state = arena.allocate(LinuxCalls.STATE_LAYOUT);
    address = arena.allocate(ADDRESS_CAPACITY, 8);
    option = arena.allocate(16, 8);
    length = arena.allocate(JAVA_INT);
    timespec = arena.allocate(16, 8);
    vector = new GatherVector(arena);
  }

  /** Events; the arena keeps them as long as the driver lives. */
  EventArray events(int capacity) {
    return new EventArray(arena, capacity);
  }

  /** Room for datagrams, made when it is first needed. */
  DatagramMemory datagrams() {
    if (datagrams == null) {
      datagrams = new DatagramMemory(arena);
    }
    return datagrams;
  }

  /** A {@code socklen_t} that says how much room there is for an address. */
  MemorySegment addressLength() {
    return length(ADDRESS_CAPACITY);
  }

  /** What the last call has left in {@link #addressLength()}. */
  int filledAddressLength() {
    return length.get(JAVA_INT, 0);
  }

  /** A {@code socklen_t}. */
  MemorySegment length(int value) {
    length.set(JAVA_INT, 0, value);
    return length;
  }

  /** A {@code struct timespec}. */
  MemorySegment timespec(long nanos) {
    timespec.set(JAVA_LONG, 0, nanos / 1_000_000_000);
    timespec.set(JAVA_LONG, 8, nanos % 1_000_000_000);
    return timespec;
  }
}
