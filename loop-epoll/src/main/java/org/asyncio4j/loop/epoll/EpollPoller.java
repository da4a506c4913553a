package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedSelectorException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;
import org.jspecify.annotations.Nullable;

/** Waits with epoll, level-triggered. */
final class EpollPoller implements Poller {

  static final int EPOLL_CLOEXEC = 0x80000;

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLL_CTL_MOD = 3;

  // The largest array that every JVM can allocate; no descriptor is that large (fs.nr_open).
  private static final long MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private static final int FIRST_CAPACITY = 256;
  private static final int LAST_CAPACITY = 64 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  // Not used by any registration, because descriptors are not negative.
  private static final long WAKE_UP = -1;

  private final CallMemory memory;
  private final int epoll;
  private final EventFd eventFd;
  private final EpollResources resources;
  private final EventArray change;

  // Set by wakeUp() until the next poll ends, so that only the first wake-up makes a system call.
  private final AtomicBoolean woken = new AtomicBoolean();

  // The following fields are confined to the thread that currently calls the driver.
  private EventArray events;
  private @Nullable EpollRegistration[] registrations = new EpollRegistration[FIRST_CAPACITY];
  private int generations;
  private boolean precise;
  private boolean closed;

  EpollPoller(CallMemory memory) throws IOException {
    this(memory, LinuxCalls.hasEpollPwait2());
  }

  /**
   * Creates a poller that waits with nanosecond precision or, with the older system call, in
   * milliseconds.
   */
  EpollPoller(CallMemory memory, boolean precise) throws IOException {
    this.memory = memory;
    this.precise = precise;
    this.change = memory.events(1);
    this.events = memory.events(FIRST_CAPACITY);
    this.epoll = checked(LinuxCalls.epollCreate1(memory.state, EPOLL_CLOEXEC));
    try {
      this.eventFd = watchedEventFd(memory, epoll, change);
    } catch (IOException e) {
      LinuxCalls.close(epoll);
      throw e;
    }
    this.resources = new EpollResources(epoll, eventFd, memory.sockets);
  }

  private static EventFd watchedEventFd(CallMemory memory, int epoll, EventArray change)
      throws IOException {
    EventFd eventFd = EventFd.open(memory);
    change.set(0, EventArray.EPOLLIN | EventArray.EPOLLET, WAKE_UP);
    int answer =
        LinuxCalls.epollCtl(memory.state, epoll, EPOLL_CTL_ADD, eventFd.fd(), change.memory());
    if (answer < 0) {
      eventFd.close();
    }
    checked(answer);
    return eventFd;
  }

  private static int checked(int answer) throws IOException {
    if (answer < 0) {
      throw Errno.exception(-answer);
    }
    return answer;
  }

  @Override
  public Registration register(Pollable socket, int interest, ReadinessListener listener)
      throws IOException {
    ensureOpen();
    EpollPollable own = (EpollPollable) socket;
    int fd = own.fd();
    if (own instanceof ForeignDescriptor foreign) {
      foreign.requireOpen(memory); // before the table grows to its number
    }
    makeRoom(fd);
    EpollRegistration present = registrations[fd];
    if (present != null && isOutdated(present, own)) {
      present.cancel();
    } else if (present != null && watches(present)) {
      throw new IllegalStateException(
          "cannot watch " + own + ": it is watched already; cancel that registration first");
    }
    var registration = new EpollRegistration(this, own, fd, generations++, listener);
    registrations[fd] = registration;
    try {
      registration.changeInterest(interest);
    } catch (IOException e) {
      registrations[fd] = null;
      throw e;
    }
    return registration;
  }

  /** Grows the table. The kernel has a larger table for an open descriptor with this number. */
  private void makeRoom(int fd) {
    if (fd >= registrations.length) {
      long doubled = registrations.length * 2L;
      registrations =
          Arrays.copyOf(registrations, (int) Math.clamp(doubled, fd + 1L, MAX_CAPACITY));
    }
  }

  /**
   * Returns whether an application has closed a descriptor without unregistering it, and its number
   * now belongs to one of our sockets.
   */
  private static boolean isOutdated(EpollRegistration present, EpollPollable own) {
    return present.socket instanceof ForeignDescriptor && own instanceof EpollSocket;
  }

  /**
   * Returns whether a registration is the current one of its descriptor; its socket may have been
   * closed without cancelling it.
   */
  boolean watches(EpollRegistration registration) {
    return !closed
        && registrations[registration.fd] == registration
        && registration.socket.isOpen();
  }

  /**
   * Changes the events that epoll watches. A socket without interest is removed, because epoll
   * always reports errors and hang-ups, which are level-triggered and would make the loop spin.
   */
  void control(EpollRegistration registration, int from, int to) throws IOException {
    if (to == Interest.NONE) {
      delete(registration);
      return;
    }
    int operation = from == Interest.NONE ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    change.set(0, events(to), registration.data());
    checked(LinuxCalls.epollCtl(memory.state, epoll, operation, registration.fd, change.memory()));
  }

  /**
   * Removes a registration. This can only fail if epoll does not know the descriptor, which is the
   * desired state.
   */
  private void delete(EpollRegistration registration) {
    int ignored =
        LinuxCalls.epollCtl(memory.state, epoll, EPOLL_CTL_DEL, registration.fd, change.memory());
  }

  private static int events(int interest) {
    return ((interest & Interest.READ) != 0 ? EventArray.EPOLLIN : 0)
        | ((interest & Interest.WRITE) != 0 ? EventArray.EPOLLOUT : 0);
  }

  /** Removes a watched registration. */
  void remove(EpollRegistration registration, int interest) {
    registrations[registration.fd] = null;
    if (interest != Interest.NONE) {
      delete(registration);
    }
  }

  @Override
  public void poll(long waitNanos) throws IOException {
    ensureOpen();
    EventArray batch = events;
    long wait = woken.get() ? 0 : waitNanos;
    int answer =
        precise && wait > 0
            ? LinuxCalls.epollPwait2(
                memory.state, epoll, batch.memory(), batch.capacity(), timeout(wait))
            : LinuxCalls.epollWait(
                memory.state, epoll, batch.memory(), batch.capacity(), millis(wait));
    if (precise && wait > 0 && (answer == -Errno.ENOSYS || answer == -Errno.EPERM)) {
      precise = false; // libc has it, but the kernel is older or a sandbox blocks it
      answer =
          LinuxCalls.epollWait(memory.state, epoll, batch.memory(), batch.capacity(), millis(wait));
    }
    // An exchange, not a store: a thread that woke the loop before this point had published its
    // work, which the loop now sees.
    woken.getAndSet(false);
    if (answer == -Errno.EINTR) {
      return;
    }
    int count = checked(answer);
    for (int i = 0; i < count; i++) {
      dispatch(batch.data(i), batch.events(i));
    }
    if (count == batch.capacity() && count < LAST_CAPACITY) {
      events = memory.events(count * 2);
    }
  }

  private MemorySegment timeout(long nanos) {
    return nanos == Long.MAX_VALUE ? MemorySegment.NULL : memory.timespec(nanos);
  }

  private static int millis(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return -1;
    }
    if (nanos <= 0) {
      return 0;
    }
    return (int) Math.min((nanos - 1) / NANOS_PER_MILLI + 1, Integer.MAX_VALUE);
  }

  private void dispatch(long data, int ready) {
    if (data == WAKE_UP) {
      return;
    }
    int fd = (int) data;
    EpollRegistration registration = fd < registrations.length ? registrations[fd] : null;
    // If a descriptor was closed and reopened since the kernel reported the event, the event does
    // not concern the new one.
    if (registration != null && registration.generation == (int) (data >> 32)) {
      registration.dispatch(ready);
    }
  }

  private void ensureOpen() {
    if (closed) {
      throw new ClosedSelectorException();
    }
  }

  @Override
  public void wakeUp() {
    if (!woken.getAndSet(true)) {
      eventFd.signal();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      resources.closePoller();
      Arrays.fill(registrations, null);
    }
  }

  @Override
  public AutoCloseable resources() {
    return resources;
  }
}
