package org.asyncio4j.loop.nio;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/**
 * Provides the loop {@code nio}, which uses java.nio's selector and channels, on every platform.
 */
@AutoService(EventLoopProvider.class)
@SuppressWarnings("exports") // only the compiler needs the annotation
public final class NioEventLoopProvider implements DriverProvider {

  private static final Platform PLATFORM = new Platform();

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public NioEventLoopProvider() {}

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Set<Capability> capabilities() {
    return PLATFORM.capabilities();
  }

  @Override
  public Driver openDriver() throws IOException {
    AcceptFailure.load();
    NioResources resources = new NioResources(Selector.open());
    return new Driver(new SelectorPoller(resources), new NioSockets(resources));
  }
}
