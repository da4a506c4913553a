package org.asyncio4j.loop.epoll;

import java.io.IOException;

/**
 * A descriptor of the application, to be watched. Only the application knows whether it is still
 * open.
 *
 * @param fd its number
 */
record ForeignDescriptor(int fd) implements EpollPollable {

  private static final int F_GETFD = 1;

  /** Checks with the kernel that the descriptor is open: an application may pass any number. */
  void requireOpen(CallMemory memory) throws IOException {
    int answer = FileCalls.fcntl(memory.state, fd, F_GETFD);
    if (answer < 0) {
      throw new IOException(
          "cannot watch %s: %s; pass one that is open"
              .formatted(this, LinuxCalls.strerror(-answer)));
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public String toString() {
    return "descriptor " + fd;
  }
}
