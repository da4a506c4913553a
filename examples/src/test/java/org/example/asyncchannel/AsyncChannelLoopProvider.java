package org.example.asyncchannel;

import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.completion.CompletionEventLoop;

/** Offers the loop {@code asyncchannel}. */
public final class AsyncChannelLoopProvider implements EventLoopProvider {

  private static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.TCP_CLIENT,
          Capability.TCP_SERVER,
          Capability.UNIX_STREAM,
          Capability.UDP,
          Capability.CONNECTION_LIMIT,
          Capability.HALF_CLOSE,
          Capability.TLS);

  @Override
  public String name() {
    return "asyncchannel";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public EventLoop open(LoopContext context) {
    ChannelDriver driver = new ChannelDriver(name());
    try {
      return new CompletionEventLoop(context, name(), driver, driver, CAPABILITIES);
    } catch (RuntimeException | Error refused) { // by the engine, for instance
      driver.close();
      throw refused;
    }
  }
}
