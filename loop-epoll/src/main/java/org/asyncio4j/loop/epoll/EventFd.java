package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An eventfd that any thread signals, also while and after it is closed, without a lock.
 *
 * <p>Who uses the descriptor counts as a holder, and the last holder closes it: a late signal can
 * not hit a descriptor that got the same number meanwhile, and nobody waits for anybody.
 */
final class EventFd {

  private static final int EFD_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x80000;

  private final int fd;

  // The owner, until it closes, and the signals that are on their way.
  private final AtomicInteger holders = new AtomicInteger(1);

  // Owner only: whether close() was called.
  private boolean closed;

  private EventFd(int fd) {
    this.fd = fd;
  }

  static EventFd open(CallMemory memory) throws IOException {
    int answer = LinuxCalls.eventFd(memory.state, 0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (answer < 0) {
      throw Errno.exception(-answer);
    }
    return new EventFd(answer);
  }

  /** The descriptor, for its owner. */
  int fd() {
    return fd;
  }

  /**
   * Makes the descriptor ready once more. Nobody ever reads it: watched edge-triggered, each signal
   * is told once, which saves the read.
   */
  void signal() {
    if (acquire()) {
      try {
        LinuxCalls.eventFdWrite(fd, 1);
      } finally {
        release();
      }
    }
  }

  private boolean acquire() {
    int count = holders.get();
    while (count > 0) {
      int seen = holders.compareAndExchange(count, count + 1);
      if (seen == count) {
        return true;
      }
      count = seen;
    }
    return false;
  }

  private void release() {
    if (holders.decrementAndGet() == 0) {
      LinuxCalls.close(fd);
    }
  }

  /** Closes the descriptor, at the latest when the last signal is through. For its owner. */
  void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }
}
