package org.asyncio4j.tck.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.datagram.Datagram;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loop exchanges datagrams with a program that is not written in Java. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpSocatTest {

  static Stream<EventLoopProvider> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> List.of("nio", "epoll").contains(found.name()))
        .filter(found -> found.availability() instanceof Available);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void socatSendsItsInputAndPrintsTheResponse(EventLoopProvider provider) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> new File(directory, "socat").canExecute()),
        "socat is not on the PATH; install the package socat");
    try (EventLoop loop = provider.open(LoopContext.defaults())) {
      String seen = loop.<String>runUntilComplete(loop.createTask(UdpSocatTest::exchange));

      assertThat(seen).isEqualTo("hello from socat");
    }
  }

  private static String exchange() throws IOException, InterruptedException {
    try (DatagramEndpoint endpoint =
        DatagramEndpoint.open(DatagramOptions.boundTo("127.0.0.1", 0))) {
      int port = ((InetSocketAddress) endpoint.localAddress()).getPort();
      Process socat =
          new ProcessBuilder("socat", "-t", "30", "-", "UDP4:127.0.0.1:" + port)
              .redirectErrorStream(true)
              .start();
      try {
        // Its input stays open: socat ends some time after the end of it.
        socat.getOutputStream().write("hello from socat".getBytes(US_ASCII));
        socat.getOutputStream().flush();
        Datagram received = endpoint.receive();
        endpoint.send(ByteBuffer.wrap("answer".getBytes(US_ASCII)), received.from());
        byte[] printed = socat.getInputStream().readNBytes("answer".length());
        assertThat(new String(printed, US_ASCII)).isEqualTo("answer");
        return US_ASCII.decode(received.data()).toString();
      } finally {
        socat.destroy();
        assertThat(socat.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
