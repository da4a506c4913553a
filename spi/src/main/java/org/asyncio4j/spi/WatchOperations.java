package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchDirection;
import org.asyncio4j.spi.hooks.WatchRequest;
import org.asyncio4j.spi.internal.net.NetworkLoop;

/** Checks whether the loop can watch an object, and starts watching it. */
final class WatchOperations {

  private final NetworkLoop loop;
  private final CapabilityChecks checks;

  WatchOperations(NetworkLoop loop, CapabilityChecks checks) {
    this.loop = loop;
    this.checks = checks;
  }

  Handle add(Watchable what, WatchDirection direction, Runnable callback) throws IOException {
    requireWatching(requireNonNull(what, "what"));
    requireNonNull(callback, "callback");
    loop.ensureMaySchedule();
    return loop.hooks().watch(new WatchRequest(what, direction, callback, Context.copyCurrent()));
  }

  boolean remove(Watchable what, WatchDirection direction) {
    requireWatching(requireNonNull(what, "what"));
    loop.ensureOwner();
    return !loop.eventLoop().isClosed()
        && loop.hooks().unwatch(new UnwatchRequest(what, direction));
  }

  private void requireWatching(Watchable what) {
    checks.require(
        switch (what) {
          case Watchable.OfSocket _ -> Capability.WATCHING;
          case Watchable.OfChannel _ -> Capability.WATCHING_CHANNELS;
          case Watchable.OfDescriptor _ -> Capability.WATCHING_DESCRIPTORS;
        });
  }
}
