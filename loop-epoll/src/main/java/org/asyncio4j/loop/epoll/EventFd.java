package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An eventfd that any thread may signal without a lock, even while and after it is closed.
 *
 * <p>Each user of the descriptor counts as a holder, and the last holder closes it. So a late
 * signal cannot reach another descriptor that has got the same number, and no thread waits for
 * another.
 */
final class EventFd {

  private static final int EFD_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x80000;

  private final int fd;

  // Counts the owner, until it closes, and the signals in progress.
  private final AtomicInteger holders = new AtomicInteger(1);

  // Used only by the owner: whether close() was called.
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

  /** Returns the descriptor. Called only by the owner. */
  int fd() {
    return fd;
  }

  /**
   * Makes the descriptor ready once more. It is never read: it is watched edge-triggered, so each
   * signal is reported once without a read.
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

  /**
   * Closes the descriptor, at the latest when the last signal is complete. Called only by the
   * owner.
   */
  void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }
}
