package org.asyncio4j.loop.epoll;

/**
 * All descriptors of a driver. It knows no registration, so that a loop which is forgotten can be
 * collected.
 */
final class EpollResources implements AutoCloseable {

  private final int epoll;
  private final EventFd eventFd;
  private final OpenDescriptors sockets;
  private boolean closed;

  EpollResources(int epoll, EventFd eventFd, OpenDescriptors sockets) {
    this.epoll = epoll;
    this.eventFd = eventFd;
    this.sockets = sockets;
  }

  /** Closes those of the poller; sockets stay open. */
  void closePoller() {
    if (!closed) {
      closed = true;
      eventFd.close();
      LinuxCalls.close(epoll);
    }
  }

  /** Closes everything; only when nothing uses the driver any more. */
  @Override
  public void close() {
    closePoller();
    sockets.closeAll();
  }
}
