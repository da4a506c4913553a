package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability.Unavailable;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/**
 * Offers a loop that is a driver and nothing else: its author writes {@link #openDriver()}, and the
 * TCK tests the driver by itself as well.
 */
public interface DriverProvider extends EventLoopProvider {

  /**
   * Opens a driver.
   *
   * @return a driver that belongs to the caller, who closes its poller
   * @throws IOException if the system refuses it a resource
   */
  Driver openDriver() throws IOException;

  /**
   * {@inheritDoc}
   *
   * @implSpec opens a {@link ReadinessEventLoop} over a driver of its own
   */
  @Override
  default EventLoop open(LoopContext context) {
    if (availability() instanceof Unavailable(String reason)) {
      throw new IllegalStateException("The loop " + name() + " is not available: " + reason);
    }
    Driver driver;
    try {
      driver = openDriver();
    } catch (IOException e) {
      throw new IllegalStateException(
          "The loop " + name() + " cannot be opened: " + e.getMessage(), e);
    }
    try {
      return new ReadinessEventLoop(
          context, name(), driver.poller(), driver.sockets(), capabilities());
    } catch (RuntimeException | Error e) {
      driver.poller().close();
      throw e;
    }
  }
}
