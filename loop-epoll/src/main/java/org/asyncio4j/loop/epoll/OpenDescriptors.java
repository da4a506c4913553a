package org.asyncio4j.loop.epoll;

import java.util.BitSet;

/**
 * The descriptors of the sockets that a driver has open, for the case that its loop is forgotten.
 * One thread at a time uses it.
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
