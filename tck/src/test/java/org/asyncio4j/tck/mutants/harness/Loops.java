package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.epoll.EpollEventLoopProvider;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/** A provider of loops over one of our drivers. */
public class Loops implements EventLoopProvider {

  public static final NioEventLoopProvider NIO = new NioEventLoopProvider();
  public static final EpollEventLoopProvider EPOLL = new EpollEventLoopProvider();

  private final EventLoopProvider driver;
  private final Optional<Set<Capability>> declared;
  private final Function<LoopContext, EventLoop> opener;

  Loops(
      DriverProvider driver,
      Optional<Set<Capability>> declared,
      Function<LoopContext, EventLoop> opener) {
    this.driver = (EventLoopProvider) driver;
    this.declared = declared;
    this.opener = opener;
  }

  /** Offers loops over the driver of {@code nio}. */
  public Loops(Function<LoopContext, EventLoop> opener) {
    this(NIO, Optional.empty(), opener);
  }

  /** Offers correct loops. */
  public Loops() {
    this(MutantLoop::correct);
  }

  public static Driver open(DriverProvider driver) {
    try {
      return driver.openDriver();
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
    return driver.availability();
  }

  @Override
  public Set<Capability> capabilities() {
    return declared.orElseGet(driver::capabilities);
  }

  @Override
  public EventLoop open(LoopContext context) {
    return opener.apply(context);
  }
}
