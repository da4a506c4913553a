package org.example.asyncchannel;

import java.io.IOException;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/** Offers the loop {@code asyncchannel}. */
public final class AsyncChannelLoopProvider implements EventLoopProvider {

  @Override
  public String name() {
    return "asyncchannel";
  }

  @Override
  public int priority() {
    return -10;
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Set<Capability> capabilities() {
    return AsyncChannelLoop.CAPABILITIES;
  }

  @Override
  public EventLoop open(LoopContext context) {
    try {
      return new AsyncChannelLoop(context, name());
    } catch (IOException failure) {
      throw new IllegalStateException("loop " + name() + " cannot be opened", failure);
    }
  }
}
