package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.tck.driver.Descriptors;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that are cancelled after each number of ticks that a handshake may take. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsCancellationTest {

  private static final int ENOUGH = 3;
  private static final int MANY_TICKS = 1_000_000;

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void createConnectionMayBeCancelledAtAnyPoint(Kind kind) {
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Server server = loop.createServer(Life::new, TlsLoops.loopback().withTls(TlsLoops.SERVER));
      Descriptors before = Descriptors.now();
      int connected = 0;
      int cancelled = 0;
      for (int ticks = 0; connected < ENOUGH; ticks = next(ticks)) {
        List<Life> lives = new ArrayList<>();
        Task<Connection<Life>> connecting =
            Asyncio.createTask(() ->
                loop.createConnection(
                    () -> {
                      Life life = new Life();
                      lives.add(life);
                      return life;
                    },
                    TlsLoops.to(server).withTls(TlsLoops.CLIENT)));
        giveWay(ticks);
        boolean received = connecting.cancel();
        try {
          connecting.await().transport().close();
          connected++;
        } catch (CancelledError expected) {
          assertThat(received).isTrue();
          cancelled++;
        }
        awaitDescriptors(before);
        for (Life life : lives) {
          TlsLoops.yieldUntil(() -> life.made == life.lost);
          assertThat(life.made).isBetween(0, 1);
        }
      }
      assertThat(cancelled).isGreaterThan(ENOUGH);
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void startTlsMayBeCancelledAtAnyPoint(Kind kind) {
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      List<Life> accepted = new ArrayList<>();
      Server server =
          loop.createServer(
              () -> {
                Life life = new Life();
                accepted.add(life);
                return life;
              },
              TlsLoops.loopback());
      Descriptors before = Descriptors.now();
      for (TlsRole cancelledRole : TlsRole.values()) {
        int done = 0;
        for (int ticks = 1; done < ENOUGH; ticks = next(ticks)) {
          accepted.clear();
          Transport plain = loop.createConnection(Life::new, TlsLoops.to(server)).transport();
          TlsLoops.yieldUntil(() -> !accepted.isEmpty() && accepted.getFirst().transport != null);
          Task<Transport> answering = begin(accepted.getFirst().transport, TlsRole.SERVER);
          Task<Transport> asking = begin(plain, TlsRole.CLIENT);
          giveWay(ticks);
          boolean received = (cancelledRole == TlsRole.CLIENT ? asking : answering).cancel();
          TlsLoops.yieldUntil(() -> asking.isDone() && answering.isDone());
          for (Task<Transport> task : List.of(asking, answering)) {
            if (!task.isCancelled() && task.exception().isEmpty()) {
              task.result().close();
            }
          }
          done += received ? 0 : 1;
          awaitDescriptors(before);
        }
      }
      server.close();
      server.waitClosed();
      return true;
    });
  }

  private static Task<Transport> begin(Transport transport, TlsRole role) {
    TlsOptions options = role == TlsRole.CLIENT ? TlsLoops.CLIENT : TlsLoops.SERVER;
    return Asyncio.createTask(
        () -> Asyncio.runningLoop().startTls(transport, new Life(), options, role));
  }

  private static int next(int ticks) {
    assertThat(ticks).as("ticks of a handshake").isLessThan(MANY_TICKS);
    return ticks < 20 ? ticks + 1 : ticks + ticks / 8;
  }

  private static void giveWay(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      Asyncio.sleep(Duration.ZERO);
    }
  }

  /** The descriptors of both ends must be closed, and no other: a number is soon used again. */
  private static void awaitDescriptors(Descriptors expected) throws Exception {
    while (!Descriptors.now().equals(expected)) {
      Asyncio.sleep(Duration.ZERO);
    }
  }

  private static final class Life implements Protocol {

    private Transport transport;
    private int made;
    private int lost;

    @Override
    public void connectionMade(Transport connection) {
      transport = connection;
      made++;
    }

    @Override
    public void dataReceived(ByteBuffer data) {}

    @Override
    public void connectionLost(Throwable reason) {
      lost++;
    }
  }
}
