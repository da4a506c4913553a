package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The selector of a driver and the channels that it has opened, for the case that its loop is
 * forgotten: the JDK closes neither when they are collected. Keys of the selector refer to their
 * registrations weakly, so that nothing here leads to the loop. One thread at a time uses it.
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

  /** Closes everything; only when nothing uses the driver any more. */
  @Override
  public void close() throws IOException {
    for (Channel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
