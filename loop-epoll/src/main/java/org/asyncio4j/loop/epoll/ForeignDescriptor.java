package org.asyncio4j.loop.epoll;

/**
 * A descriptor of the application, to be watched. Whether it is still open only the application
 * knows.
 *
 * @param fd its number
 */
record ForeignDescriptor(int fd) implements EpollPollable {

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public String toString() {
    return "descriptor " + fd;
  }
}
