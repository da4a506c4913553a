package org.asyncio4j.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A driver whose loop is forgotten closes all of its sockets, and none of the application's. */
final class ForgottenSocketsTest {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int ROUNDS = 200;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  static Stream<DriverProvider> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.availability() instanceof Available)
        .filter(DriverProvider.class::isInstance)
        .map(DriverProvider.class::cast);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socketsOfAForgottenLoopAreClosed(DriverProvider provider) throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not show descriptors");
    try (ServerSocket peer = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      Pipe pipe = Pipe.open();
      pipe.source().configureBlocking(false);
      // The JDK opens pollers of its own when it first needs them.
      EventLoop warmUp = openAndForget(provider, peer, pipe).get();
      if (warmUp != null) {
        warmUp.close();
        warmUp = null;
      }
      Set<String> before = descriptors();
      WeakReference<EventLoop> loop = openAndForget(provider, peer, pipe);
      Set<String> ofLoop = new HashSet<>(descriptors());
      ofLoop.removeAll(before);
      assertThat(ofLoop).hasSizeGreaterThanOrEqualTo(6);

      for (int round = 0; round < ROUNDS && !isGone(loop, ofLoop); round++) {
        System.gc();
        LockSupport.parkNanos(PAUSE_NANOS);
      }

      assertThat(loop.refersTo(null)).isTrue();
      assertThat(descriptors()).doesNotContainAnyElementsOf(ofLoop);
      assertThat(pipe.source().isOpen()).isTrue();
      assertThat(peer.isClosed()).isFalse();
      pipe.source().close();
      pipe.sink().close();
    }
  }

  /**
   * A server, a client with its connection, and sockets for direct use, of which one is watched.
   */
  private static WeakReference<EventLoop> openAndForget(
      DriverProvider provider, ServerSocket peer, Pipe pipe) {
    EventLoop loop = provider.open(LoopContext.defaults());
    boolean ignored =
        loop.runUntilComplete(
            loop.createTask(() -> {
              loop.createServer(Silent::new, ServerOptions.on("127.0.0.1", 0));
              loop.createConnection(
                  Silent::new, ConnectOptions.to("127.0.0.1", peer.getLocalPort()));
              loop.openSocket(StandardProtocolFamily.INET);
              loop.openServerSocket(StandardProtocolFamily.INET);
              loop.openDatagramSocket(StandardProtocolFamily.INET);
              if (provider.capabilities().contains(Capability.WATCHING_CHANNELS)) {
                loop.addReader(Watchable.of(pipe.source()), loop::stop);
              }
              return true;
            }));
    return new WeakReference<>(loop);
  }

  private static boolean isGone(WeakReference<EventLoop> loop, Set<String> ofLoop) {
    return loop.refersTo(null) && descriptors().stream().noneMatch(ofLoop::contains);
  }

  /** Each with its number, since pollers have no names of their own. */
  private static Set<String> descriptors() {
    try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
      return entries
          .flatMap(ForgottenSocketsTest::described)
          .filter(name -> name.contains("socket:") || name.contains("anon_inode:"))
          .collect(Collectors.toSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> described(Path descriptor) {
    try {
      return Stream.of(descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor));
    } catch (IOException closedMeanwhile) {
      return Stream.empty();
    }
  }

  private static final class Silent implements Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {}
  }
}
