package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability.Unavailable;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.driver.Driver;

/**
 * Provides a loop that consists of a driver only: its author implements {@link #openDriver()}, and
 * the TCK also tests the driver by itself.
 */
public interface DriverProvider extends EventLoopProvider {

  /**
   * Opens a driver.
   *
   * @return a driver that belongs to the caller, which must close its poller
   * @throws IOException if the system denies it a resource
   */
  Driver openDriver() throws IOException;

  /**
   * {@inheritDoc}
   *
   * @implSpec opens a {@link ReadinessEventLoop} over its own driver
   */
  @Override
  default EventLoop open(LoopContext context) {
    if (availability() instanceof Unavailable(String reason)) {
      throw new IllegalStateException("cannot open the event loop " + name() + ": " + reason);
    }
    Driver driver;
    try {
      driver = openDriver();
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot open the event loop " + name() + ": " + e.getMessage(), e);
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
