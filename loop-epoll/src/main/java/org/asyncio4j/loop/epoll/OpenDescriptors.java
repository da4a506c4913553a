package org.asyncio4j.loop.epoll;

import java.util.BitSet;

/**
 * The descriptors of a driver's open sockets, to close them if the loop is collected without having
 * been closed. One thread at a time uses it.
 */
final class OpenDescriptors {

  private final BitSet open = new BitSet();

  void add(int fd) {
    open.set(fd);
  }

  void remove(int fd) {
    open.clear(fd);
  }

  /** Closes all of them. */
  void closeAll() {
    for (int fd = open.nextSetBit(0); fd >= 0; fd = open.nextSetBit(fd + 1)) {
      open.clear(fd);
      LinuxCalls.close(fd);
    }
  }
}
