package org.asyncio4j.loop.epoll;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/**
 * Provides the loop {@code epoll}, which uses Linux system calls without native code of its own.
 */
@AutoService(EventLoopProvider.class)
@SuppressWarnings("exports") // only the compiler needs the annotation
public final class EpollEventLoopProvider implements DriverProvider {

  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.TCP_CLIENT,
              Capability.TCP_SERVER,
              Capability.CONNECTION_LIMIT,
              Capability.HALF_CLOSE,
              Capability.REUSE_PORT,
              Capability.UDP,
              Capability.UDP_MULTICAST,
              Capability.TLS,
              Capability.UNIX_STREAM,
              Capability.UNIX_ABSTRACT,
              Capability.UNIX_DATAGRAM,
              Capability.SOCKETS,
              Capability.SEND_FILE,
              Capability.WATCHING,
              Capability.WATCHING_DESCRIPTORS));

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public EpollEventLoopProvider() {}

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Availability availability() {
    return Platform.availability();
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Driver openDriver() throws IOException {
    Errno.load();
    CallMemory memory = new CallMemory();
    return new Driver(new EpollPoller(memory), new EpollSockets(memory));
  }
}
