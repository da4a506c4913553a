package org.asyncio4j.loop.epoll;

/**
 * All descriptors of a driver. It does not refer to registrations, so that an unreachable loop can
 * be collected.
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

  /** Closes the descriptors of the poller; sockets remain open. */
  void closePoller() {
    if (!closed) {
      closed = true;
      eventFd.close();
      LinuxCalls.close(epoll);
    }
  }

  /** Closes everything. Called only when nothing uses the driver any more. */
  @Override
  public void close() {
    closePoller();
    sockets.closeAll();
  }
}
