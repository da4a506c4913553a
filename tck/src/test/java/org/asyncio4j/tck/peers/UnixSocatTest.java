package org.asyncio4j.tck.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers on Unix sockets, and a peer that is not ours: socat, where it is installed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnixSocatTest {

  private static final Path SOCAT = Path.of("/usr/bin/socat");

  @TempDir Path directory;

  static Stream<EventLoopProvider> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.availability() instanceof Available)
        .filter(found -> found.capabilities().contains(Capability.UNIX_STREAM));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socatTalksToAServerOnAPath(EventLoopProvider provider)
      throws IOException, InterruptedException {
    Path path = directory.resolve("socket");

    expectEcho(provider, UnixServerOptions.on(path), "UNIX-CONNECT:" + path);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socatTalksToAServerOnAnAbstractName(EventLoopProvider provider)
      throws IOException, InterruptedException {
    assumeTrue(provider.capabilities().contains(Capability.UNIX_ABSTRACT), "needs abstract names");
    String name = "asyncio4j-socat-" + ProcessHandle.current().pid();
    assertThat(AbstractUnixAddress.of(name).name()).isEqualTo(name);

    expectEcho(provider, UnixServerOptions.onAbstract(name), "ABSTRACT-CONNECT:" + name);
  }

  private static void expectEcho(
      EventLoopProvider provider, UnixServerOptions options, String address)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SOCAT), "socat is not installed");
    try (LoopFixture fixture =
        new LoopFixture(provider, LoopContext.defaults(), TckSettings.fromSystemProperties())) {
      Network network = fixture.network();
      Server server =
          network.running().run(() -> network.loop().createUnixServer(EchoProtocol::new, options));
      Process socat = new ProcessBuilder(SOCAT.toString(), "-t30", "-", address).start();
      try (var input = socat.getOutputStream()) {
        input.write("hello, world\n".getBytes(StandardCharsets.US_ASCII));
      }

      assertThat(new String(socat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("hello, world\n");
      assertThat(socat.waitFor()).isZero();
      network.running().perform(server::close);
    }
  }
}
