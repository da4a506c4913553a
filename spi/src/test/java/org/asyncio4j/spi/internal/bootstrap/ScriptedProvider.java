package org.asyncio4j.spi.internal.bootstrap;

import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/** A provider with the properties that the test sets. */
record ScriptedProvider(String name, int priority, Availability availability)
    implements EventLoopProvider {

  static ScriptedProvider available(String name, int priority) {
    return new ScriptedProvider(name, priority, Availability.available());
  }

  static ScriptedProvider unavailable(String name, int priority, String reason) {
    return new ScriptedProvider(name, priority, Availability.unavailable(reason));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public EventLoop open(LoopContext context) {
    throw new UnsupportedOperationException("a scripted provider opens nothing");
  }
}
