package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Function;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/** Offers a mutant. */
class MutantProvider implements EventLoopProvider {

  private final Function<LoopContext, EventLoop> opener;

  MutantProvider(Function<LoopContext, EventLoop> opener) {
    this.opener = opener;
  }

  /** What a loop that is a driver is made of. */
  static Driver driverOf(DriverProvider loop) {
    try {
      return loop.openDriver();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public String name() {
    return "mutant";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Set<Capability> capabilities() {
    return new NioEventLoopProvider().capabilities();
  }

  @Override
  public EventLoop open(LoopContext context) {
    return opener.apply(context);
  }
}
