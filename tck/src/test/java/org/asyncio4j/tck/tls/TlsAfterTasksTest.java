package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsClientAuthentication;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsTruncationException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.probe.TlsPeer;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers whose handshakes are finished by tasks of the engine, because they verify certificates of
 * clients: not in a callback of the underlying transport, which continues to read.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsAfterTasksTest {

  private static final TlsOptions VERIFYING =
      TlsLoops.SERVER.withClientAuthentication(TlsClientAuthentication.REQUIRED);
  private static final int FLOOD_BYTES = 48 * 1024 * 1024;
  private static final int MANY_TICKS = 5_000;

  /** Data that a peer sends in the meantime stays in the buffers of the system. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aParkedConnectionMadeDoesNotLetThePeerFillTheMemory(Kind kind) {
    assumeTrue(kind.mode() == CoroutineMode.CARRIER, "a parked callback holds up the other engine");
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Parking parking = new Parking();
      Server server = loop.createServer(() -> parking, TlsLoops.loopback().withTls(VERIFYING));
      Transport client =
          loop.createConnection(Silent::new, TlsLoops.to(server).withTls(TlsLoops.CLIENT))
              .transport();
      TlsLoops.yieldUntil(() -> parking.transport != null);
      client.write(new byte[FLOOD_BYTES]);

      long waiting = client.writeBufferSize();
      for (int tick = 0; tick < MANY_TICKS && waiting > 0; tick++) {
        Asyncio.sleep(Duration.ZERO);
        if (client.writeBufferSize() != waiting) {
          waiting = client.writeBufferSize();
          tick = 0;
        }
      }

      assertThat(waiting).isGreaterThan(FLOOD_BYTES / 2);
      parking.permit.release();
      TlsLoops.yieldUntil(() -> parking.received == FLOOD_BYTES);
      client.close();
      server.close();
      server.waitClosed();
      return true;
    });
  }

  /** The end of the stream came while the tasks ran, and is not forgotten. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void anEarlyEndIsReportedAfterAPause(Kind kind) {
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      for (int round = 0; round < 10; round++) {
        Pausing pausing = new Pausing();
        Server server = loop.createServer(() -> pausing, TlsLoops.loopback().withTls(VERIFYING));
        int port = server.port();
        Thread peer = Thread.ofVirtual().start(() -> shakeHandsAndEnd(port));
        TlsLoops.yieldUntil(() -> pausing.transport != null);
        for (int tick = 0; tick < 20; tick++) {
          Asyncio.sleep(Duration.ZERO);
        }
        pausing.transport.resumeReading();
        TlsLoops.yieldUntil(() -> pausing.reason != null);
        assertThat(pausing.reason).isInstanceOf(TlsTruncationException.class);
        peer.join();
        server.close();
        server.waitClosed();
      }
      return true;
    });
  }

  private static void shakeHandsAndEnd(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      new TlsPeer(socket).connect(new byte[0]);
      socket.shutdownOutput();
      long ignored = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Silent implements Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {}
  }

  private static final class Parking implements Protocol {

    private final Semaphore permit = new Semaphore(0);
    private Transport transport;
    private int received;

    @Override
    public void connectionMade(Transport made) {
      transport = made;
      permit.acquireUninterruptibly();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      received += data.remaining();
    }
  }

  private static final class Pausing implements Protocol {

    private Transport transport;
    private Throwable reason;

    @Override
    public void connectionMade(Transport made) {
      made.pauseReading();
      transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {}

    @Override
    public void connectionLost(Throwable exception) {
      reason = exception;
    }
  }
}
