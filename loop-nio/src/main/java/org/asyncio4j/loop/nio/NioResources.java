package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The selector of a driver and its open channels, to close them if the loop is collected without
 * having been closed: the JDK does not close them when they are collected. Keys of the selector
 * refer to their registrations weakly, so that nothing here refers to the loop. One thread at a
 * time uses it.
 */
final class NioResources implements AutoCloseable {

  private final Selector selector;
  private final Set<Channel> channels = Collections.newSetFromMap(new IdentityHashMap<>());

  NioResources(Selector selector) {
    this.selector = selector;
  }

  Selector selector() {
    return selector;
  }

  void add(SelectableChannel channel) {
    channels.add(channel);
  }

  void remove(SelectableChannel channel) {
    channels.remove(channel);
  }

  /** Closes everything. Called only when nothing uses the driver any more. */
  @Override
  public void close() throws IOException {
    for (Channel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
