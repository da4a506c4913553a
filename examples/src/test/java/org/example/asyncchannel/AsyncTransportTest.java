package org.example.asyncchannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections of the third-party loop: flow control, pauses, and the ways to end. */
@Timeout(60)
final class AsyncTransportTest {

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void everythingIsEchoedUpToTheEndOfFile(CoroutineMode engine) throws Exception {
    byte[] sent = new byte[8 * 1024 * 1024];
    new Random(1).nextBytes(sent);
    run(
        engine,
        () -> {
          EventLoop loop = Asyncio.runningLoop();
          Server server = loop.createServer(Echo::new, "127.0.0.1", 0);
          Client client = connect(server);

          client.transport.write(sent);
          assertThat(client.pauses).isEqualTo(1);
          client.transport.writeEof();

          assertThat(client.lost.await()).isEqualTo("nothing");
          assertThat(client.received.toByteArray()).isEqualTo(sent);
          assertThat(client.resumes).isEqualTo(client.pauses);
          server.close();
          server.waitClosed();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void pausedProtocolReceivesNothingUntilItResumes(CoroutineMode engine) throws Exception {
    run(
        engine,
        () -> {
          try (Server server = Asyncio.runningLoop().createServer(Echo::new, "127.0.0.1", 0)) {
            Client paused = connect(server);
            Client other = connect(server);
            paused.transport.pauseReading();
            paused.transport.write(new byte[] {1});
            other.transport.write(new byte[] {1, 2, 3});
            other.transport.writeEof();
            other.lost.await();
            assertThat(paused.received.size()).isZero();

            paused.transport.resumeReading();
            paused.transport.writeEof();

            paused.lost.await();
            assertThat(paused.received.toByteArray()).containsExactly(1);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void abortDropsBufferedDataAndClosesOnce(CoroutineMode engine) throws Exception {
    run(
        engine,
        () -> {
          List<Transport> accepted = new ArrayList<>();
          EventLoop loop = Asyncio.runningLoop();
          Server server = loop.createServer(() -> new Silent(accepted), "127.0.0.1", 0);
          Client client = connect(server);
          client.transport.write(new byte[16 * 1024 * 1024]);
          assertThat(client.transport.writeBufferSize()).isPositive();

          client.transport.abort();
          client.transport.close();

          assertThat(client.transport.writeBufferSize()).isZero();
          assertThat(client.lost.await()).isEqualTo("nothing");
          server.close();
          server.abortClients();
          server.waitClosed();
          assertThat(accepted).allMatch(Transport::isClosing);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void refusedConnectionHasAReason(CoroutineMode engine) throws Exception {
    run(
        engine,
        () -> {
          Server server = Asyncio.runningLoop().createServer(Echo::new, "127.0.0.1", 0);
          int port = server.port();
          server.close();
          try {
            Asyncio.runningLoop().createConnection(Echo::new, "127.0.0.1", port);
            throw new AssertionError("no server must listen on port " + port);
          } catch (IOException refused) {
            assertThat(refused).isInstanceOf(ConnectException.class);
          }
        });
  }

  private static void run(CoroutineMode engine, ThrowingRunnable<Exception> body) throws Exception {
    LoopContext context = LoopContext.defaults().withCoroutines(engine);
    Asyncio.run(
        () -> {
          List<Object> reports = new ArrayList<>();
          Asyncio.runningLoop().setExceptionHandler((loop, report) -> reports.add(report));
          body.run();
          Asyncio.sleep(Duration.ZERO);
          assertThat(reports).isEmpty();
        },
        RunnerOptions.defaults()
            .withLoopFactory(() -> new AsyncChannelLoopProvider().open(context)));
  }

  private static Client connect(Server server) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    Promise<String> lost = loop.createFuture();
    Connection<Client> made =
        loop.createConnection(() -> new Client(lost), "127.0.0.1", server.port());
    return made.protocol();
  }

  /** Sends back all data, no faster than the peer reads. */
  private static final class Echo implements Protocol {

    private Transport transport;

    @Override
    public void connectionMade(Transport made) {
      transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      transport.write(data);
    }

    @Override
    public void pauseWriting() {
      transport.pauseReading();
    }

    @Override
    public void resumeWriting() {
      transport.resumeReading();
    }
  }

  /** Reads nothing. */
  private record Silent(List<Transport> made) implements Protocol {

    @Override
    public void connectionMade(Transport transport) {
      transport.pauseReading();
      made.add(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      throw new AssertionError("a paused protocol must not be called");
    }
  }

  /** Collects the calls that it receives. */
  private static final class Client implements Protocol {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Promise<String> lost;
    private Transport transport;
    private int pauses;
    private int resumes;

    Client(Promise<String> lost) {
      this.lost = lost;
    }

    @Override
    public void connectionMade(Transport made) {
      transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received.writeBytes(bytes);
    }

    @Override
    public void pauseWriting() {
      pauses++;
    }

    @Override
    public void resumeWriting() {
      resumes++;
    }

    @Override
    public void connectionLost(Throwable exception) {
      lost.setResult(exception == null ? "nothing" : exception.toString());
    }
  }
}
