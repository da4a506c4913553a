package org.asyncio4j.tck.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.datagram.Datagram;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unix datagrams, and a peer that is not ours: socat, where it is installed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnixDatagramSocatTest {

  private static final Path SOCAT = Path.of("/usr/bin/socat");

  @TempDir Path directory;

  static Stream<EventLoopProvider> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.availability() instanceof Available)
        .filter(found -> found.capabilities().contains(Capability.UNIX_DATAGRAM));
  }

  @BeforeEach
  void needsSocat() {
    assumeTrue(Files.isExecutable(SOCAT), "socat is not installed");
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socatSendsToAnEndpointWithoutAnAddress(EventLoopProvider provider) throws Exception {
    Path path = directory.resolve("receiver");

    Datagram heard =
        run(
            provider,
            () -> {
              try (DatagramEndpoint endpoint =
                  DatagramEndpoint.open(UnixDatagramOptions.boundTo(path))) {
                Process socat =
                    new ProcessBuilder(SOCAT.toString(), "-u", "-", "UNIX-SENDTO:" + path).start();
                say(socat, "hello from socat");
                Datagram received = endpoint.receive();
                end(socat);
                return received;
              }
            });

    assertThat(text(heard)).isEqualTo("hello from socat");
    assertThat(heard.from()).isEqualTo(UnixDomainSocketAddress.of(""));
    assertThat(path).as("the file of the endpoint").doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socatSendsAndPrintsTheResponse(EventLoopProvider provider) throws Exception {
    Path path = directory.resolve("receiver");
    Path client = directory.resolve("client");

    Datagram heard =
        run(
            provider,
            () -> {
              try (DatagramEndpoint endpoint =
                  DatagramEndpoint.open(UnixDatagramOptions.boundTo(path))) {
                Process socat =
                    new ProcessBuilder(
                            SOCAT.toString(),
                            "-t",
                            "30",
                            "-",
                            "UNIX-CLIENT:%s,type=2,bind=%s".formatted(path, client))
                        .start();
                say(socat, "question");
                Datagram received = endpoint.receive();
                endpoint.send(ByteBuffer.wrap("answer".getBytes(US_ASCII)), received.from());
                assertThat(new String(socat.getInputStream().readNBytes(6), US_ASCII))
                    .isEqualTo("answer");
                end(socat);
                return received;
              }
            });

    assertThat(text(heard)).isEqualTo("question");
    assertThat(heard.from()).isEqualTo(UnixDomainSocketAddress.of(client));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void anEndpointSendsToSocatAndOutlivesIt(EventLoopProvider provider) throws Exception {
    Path path = directory.resolve("socat");
    Process first = receiving(path);

    String printed =
        run(
            provider,
            () -> {
              try (DatagramEndpoint endpoint =
                  DatagramEndpoint.open(UnixDatagramOptions.connectedTo(path))) {
                endpoint.send(ByteBuffer.wrap("to the first".getBytes(US_ASCII)));
                String heard = new String(first.getInputStream().readNBytes(12), US_ASCII);
                end(first);
                assertThat(refusalOf(endpoint)).isInstanceOf(PortUnreachableException.class);
                Process second = receiving(path);
                endpoint.send(ByteBuffer.wrap("to the second".getBytes(US_ASCII)));
                String then = new String(second.getInputStream().readNBytes(13), US_ASCII);
                end(second);
                return heard + ", " + then;
              }
            });

    assertThat(printed).isEqualTo("to the first, to the second");
  }

  private static <T> T run(EventLoopProvider provider, Callable<T> body) throws IOException {
    try (EventLoop loop = provider.open(LoopContext.defaults())) {
      return loop.<T>runUntilComplete(loop.createTask(body));
    }
  }

  /** A child that socat has forked for a datagram may outlive it for a moment, and its socket. */
  private static IOException refusalOf(DatagramEndpoint endpoint) {
    while (true) {
      try {
        endpoint.send(ByteBuffer.wrap("to no receiver".getBytes(US_ASCII)));
        Asyncio.sleep(Duration.ZERO);
      } catch (IOException refused) {
        return refused;
      }
    }
  }

  /** A socat that is ready to receive at a path, and prints what it receives. */
  private static Process receiving(Path path) throws IOException, InterruptedException {
    Files.deleteIfExists(path);
    Process socat =
        new ProcessBuilder(SOCAT.toString(), "-u", "UNIX-RECVFROM:%s,fork".formatted(path), "-")
            .start();
    while (!Files.exists(path)) {
      assertThat(socat.waitFor(1, TimeUnit.MILLISECONDS)).as("socat has ended").isFalse();
    }
    return socat;
  }

  private static void say(Process socat, String text) throws IOException {
    // Its input stays open: socat ends some time after the end of it.
    socat.getOutputStream().write(text.getBytes(US_ASCII));
    socat.getOutputStream().flush();
  }

  private static void end(Process socat) throws InterruptedException {
    socat.destroy();
    assertThat(socat.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static String text(Datagram datagram) {
    return US_ASCII.decode(datagram.data()).toString();
  }
}
