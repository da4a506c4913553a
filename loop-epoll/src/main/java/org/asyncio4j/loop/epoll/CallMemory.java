package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one driver passes to system calls: parameters, results and errno. One call at a
 * time uses it, on any thread.
 *
 * <p>The garbage collector frees it, because sockets may outlive their poller and need it for their
 * last calls. The package description lists all memory that calls see.
 */
final class CallMemory {

  private static final int ADDRESS_CAPACITY = 112;

  /** The memory in which calls store errno. */
  final MemorySegment state;

  /** Room for a {@code sockaddr_un}, the largest of the addresses. */
  final MemorySegment address;

  /** Room for a {@code struct ip_mreqn}, the largest of the options. */
  final MemorySegment option;

  /** The buffers of a gathering write. */
  final GatherVector vector;

  /** The sockets that these calls have opened. */
  final OpenDescriptors sockets = new OpenDescriptors();

  // A single arena: the errno memory is a parameter of every call and so keeps everything alive
  // during the call.
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

  /** Returns an array of events, which lives as long as the driver. */
  EventArray events(int capacity) {
    return new EventArray(arena, capacity);
  }

  /** Returns room for datagrams, allocated when it is first needed. */
  DatagramMemory datagrams() {
    if (datagrams == null) {
      datagrams = new DatagramMemory(arena);
    }
    return datagrams;
  }

  /** Returns a {@code socklen_t} with the room for an address. */
  MemorySegment addressLength() {
    return length(ADDRESS_CAPACITY);
  }

  /** Returns the length that the last call has stored in {@link #addressLength()}. */
  int filledAddressLength() {
    return length.get(JAVA_INT, 0);
  }

  /** Returns a {@code socklen_t}. */
  MemorySegment length(int value) {
    length.set(JAVA_INT, 0, value);
    return length;
  }

  /** Returns a {@code struct timespec}. */
  MemorySegment timespec(long nanos) {
    timespec.set(JAVA_LONG, 0, nanos / 1_000_000_000);
    timespec.set(JAVA_LONG, 8, nanos % 1_000_000_000);
    return timespec;
  }
}
