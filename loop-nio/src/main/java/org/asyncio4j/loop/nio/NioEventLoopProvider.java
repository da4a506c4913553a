package org.asyncio4j.loop.nio;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/** Offers the loop {@code nio}: java.nio's selector and channels, on every platform. */
@AutoService(EventLoopProvider.class)
@SuppressWarnings("exports") // the annotation serves the compiler alone
public final class NioEventLoopProvider implements DriverProvider {

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
    return Platform.CAPABILITIES;
  }

  @Override
  public Driver openDriver() throws IOException {
    NioResources resources = new NioResources(Selector.open());
    return new Driver(new SelectorPoller(resources), new NioSockets(resources));
  }

  /** What this platform can do, found out when first asked for, because it takes a socket. */
  private static final class Platform {

    static final Set<Capability> CAPABILITIES = find();

    private static Set<Capability> find() {
      Set<Capability> found =
          EnumSet.of(
              Capability.TCP_CLIENT,
              Capability.TCP_SERVER,
              Capability.CONNECTION_LIMIT,
              Capability.HALF_CLOSE,
              Capability.UDP,
              Capability.UDP_MULTICAST,
              Capability.TLS,
              Capability.SOCKETS,
              Capability.SEND_FILE,
              Capability.WATCHING,
              Capability.WATCHING_CHANNELS);
      if (hasReusePort()) {
        found.add(Capability.REUSE_PORT);
      }
      if (hasUnixSockets()) {
        found.add(Capability.UNIX_STREAM);
      }
      return Collections.unmodifiableSet(found);
    }

    private static boolean hasUnixSockets() {
      try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        return probe.isOpen();
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
    }

    private static boolean hasReusePort() {
      try (ServerSocketChannel probe = ServerSocketChannel.open()) {
        return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
      } catch (IOException e) {
        return false;
      }
    }
  }
}
