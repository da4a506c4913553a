package org.example.asyncchannel;

import java.io.IOException;
import java.nio.channels.Channel;

/** How channels are closed here: for good, and without a word. */
final class Channels {

  private Channels() {}

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is gone all the same.
    }
  }
}
