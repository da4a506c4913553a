package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The heap that an idle connection keeps after it has been used once. {@code
 * -Dasyncio4j.test.tls.connections=1000} sets the number of connections.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsMemoryTest {

  private static final int CONNECTIONS = Integer.getInteger("asyncio4j.test.tls.connections", 150);
  private static final long MOST_BYTES = 40 * 1024;
  private static final int MOST_GARBAGE_COLLECTIONS = 50;

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void anIdleEndOfAConnectionNeedsLittleMemory(Kind kind) {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      long bytes =
          kind.run(() -> {
            ServerOptions place =
                TlsLoops.loopback().withTls(TlsLoops.SERVER.withProtocols(List.of(version)));
            Server server = Asyncio.runningLoop().createServer(Talk::ofServer, place);
            ConnectOptions to = TlsLoops.to(server).withTls(TlsLoops.CLIENT);
            List<Transport> warm = connect(to, 20); // classes, and the pool of buffers
            long before = heapInUse();
            List<Transport> idle = connect(to, CONNECTIONS);
            long after = heapInUse();
            close(warm);
            close(idle);
            server.close();
            server.waitClosed();
            return (after - before) / (2 * CONNECTIONS);
          });
      System.out.printf("%s, %s: %,d bytes per idle end%n", kind, version, bytes);
      // Garbage of earlier tests may be freed in the meantime: less than 10 KB for each end so far.
      assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  private static List<Transport> connect(ConnectOptions to, int count) throws Exception {
    EventLoop loop = Asyncio.runningLoop();
    List<Transport> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Talk client = new Talk(false);
      Transport transport = loop.createConnection(() -> client, to).transport();
      transport.write(new byte[10_000]);
      TlsLoops.yieldUntil(() -> client.received == 10_000);
      made.add(transport);
    }
    return made;
  }

  private static void close(List<Transport> transports) {
    transports.forEach(Transport::close);
  }

  /** The minimum after several collections: garbage may survive one, never all. */
  private static long heapInUse() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    int unchanged = 0;
    for (int i = 0; i < MOST_GARBAGE_COLLECTIONS && unchanged < 3; i++) {
      System.gc();
      Asyncio.sleep(Duration.ofMillis(1)); // the loop releases completed callbacks
      long used = runtime.totalMemory() - runtime.freeMemory();
      unchanged = used < least ? 0 : unchanged + 1;
      least = Math.min(least, used);
    }
    return least;
  }

  /** Sends back what it receives, if it is the server's. */
  private static final class Talk implements Protocol {

    private final boolean echoes;
    private Transport transport;
    private int received;

    Talk(boolean echoes) {
      this.echoes = echoes;
    }

    static Talk ofServer() {
      return new Talk(true);
    }

    @Override
    public void connectionMade(Transport connection) {
      transport = connection;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      received += data.remaining();
      if (echoes) {
        transport.write(data);
      }
    }
  }
}
