package org.asyncio4j.examples.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.examples.redis.Resp.Blob;
import org.asyncio4j.examples.redis.Resp.Push;

/** The subscriptions of one connection, by channel. */
final class Subscriptions {

  private static final int KIND = 0;
  private static final int CHANNEL = 1;
  private static final int MESSAGE = 2;

  private final Map<String, List<Subscription>> byChannel = new HashMap<>();

  void add(Subscription subscription) {
    byChannel
        .computeIfAbsent(subscription.channel(), channel -> new ArrayList<>())
        .add(subscription);
  }

  /** Removes a subscription, and returns whether it was the last one of its channel. */
  boolean remove(Subscription subscription) {
    List<Subscription> others = byChannel.get(subscription.channel());
    if (others == null || !others.remove(subscription) || !others.isEmpty()) {
      return false;
    }
    byChannel.remove(subscription.channel());
    return true;
  }

  void deliver(Push push) {
    List<Resp> items = push.items();
    if (items.size() == MESSAGE + 1
        && items.get(KIND) instanceof Blob kind
        && kind.text().equals("message")
        && items.get(CHANNEL) instanceof Blob channel
        && items.get(MESSAGE) instanceof Blob message) {
      // Copied, because a subscription that falls behind is removed.
      for (Subscription subscription :
          List.copyOf(byChannel.getOrDefault(channel.text(), List.of()))) {
        subscription.deliver(message.bytes());
      }
    }
  }

  void end(IOException reason) {
    byChannel.values().forEach(all -> all.forEach(subscription -> subscription.end(reason)));
    byChannel.clear();
  }
}
