package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.Poller;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;
import org.asyncio4j.spi.readiness.Sockets;
import org.asyncio4j.spi.readiness.StreamSocket;

/**
 * Correct loops, as long as no peer resets a connection. They are hurt at the latest when the
 * protocol of that connection has been told.
 */
final class HurtLoops implements AutoCloseable {

  private final Queue<EventLoop> opened = new ConcurrentLinkedQueue<>();
  private final Queue<StreamSocket> leaked = new ConcurrentLinkedQueue<>();
  private final Queue<Poller> deafened = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** Does not close a socket that was reset. */
  EventLoopProvider leaking() {
    return new MutantProvider(context -> {
      Driver driver = MutantProvider.driverOf(new NioEventLoopProvider());
      Sockets sockets =
          Altered.of(
              Sockets.class,
              driver.sockets(),
              "openStream",
              args -> {
                StreamSocket socket = driver.sockets().openStream((ProtocolFamily) args[0]);
                return keepingOpen(socket);
              });
      return new Hurt(context, unwrapping(driver.poller()), sockets);
    });
  }

  private StreamSocket keepingOpen(StreamSocket socket) {
    AtomicBoolean reset = new AtomicBoolean();
    return Altered.of(
        StreamSocket.class,
        socket,
        Map.of(
            "read",
            args -> {
              try {
                return socket.read((ByteBuffer) args[0]);
              } catch (IOException failure) {
                reset.set(true);
                throw failure;
              }
            },
            "close",
            args -> {
              if (reset.get()) {
                leaked.add(socket);
              } else {
                socket.close();
              }
              return null;
            }));
  }

  /** Stands still when a connection is reset. */
  EventLoopProvider standingStill() {
    // After the protocol was told, so that a test knows when the loop is hurt.
    return whenReset((loop, failure) -> loop.callSoon(this::standStill));
  }

  private void standStill() {
    while (over.getCount() > 0) { // a callback that waits would let the loop go on
      Thread.onSpinWait();
    }
  }

  /** Cannot be woken any more when a connection was reset. */
  EventLoopProvider deaf() {
    return new MutantProvider(context -> {
      Driver driver = MutantProvider.driverOf(new NioEventLoopProvider());
      AtomicBoolean deaf = new AtomicBoolean();
      deafened.add(driver.poller());
      Poller poller =
          Altered.of(
              Poller.class,
              driver.poller(),
              "wakeUp",
              args -> {
                if (!deaf.get() || over.getCount() == 0) {
                  driver.poller().wakeUp();
                }
                return null;
              });
      return new Hurt(context, poller, driver.sockets()) {
        @Override
        void reset(IOException failure) {
          deaf.set(true);
        }
      };
    });
  }

  /** Tells the exception handler what the peer has done. */
  EventLoopProvider talkative() {
    return whenReset((loop, failure) ->
        loop.callExceptionHandler(
            ErrorReport.of("Fatal read error on socket transport").withException(failure)));
  }

  private interface Defect {
    void onReset(EventLoop loop, IOException failure);
  }

  private EventLoopProvider whenReset(Defect defect) {
    return new MutantProvider(context -> {
      Driver driver = MutantProvider.driverOf(new NioEventLoopProvider());
      return new Hurt(context, driver.poller(), driver.sockets()) {
        @Override
        void reset(IOException failure) {
          defect.onReset(this, failure);
        }
      };
    });
  }

  // The poller of a driver knows the sockets of that driver only.
  private static Poller unwrapping(Poller poller) {
    return Altered.of(Poller.class, poller, Map.of());
  }

  /**
   * Ends the loops and frees what they hold: a loop that is left would be collected during some
   * other test, which may count descriptors.
   */
  @Override
  public void close() {
    over.countDown();
    deafened.forEach(Poller::wakeUp); // a loop does not repeat the wake-ups that it has lost
    for (EventLoop loop : opened) {
      if (loop.isRunning()) {
        loop.callSoonThreadsafe(loop::stop);
      }
      while (loop.isRunning()) {
        Thread.onSpinWait();
      }
      loop.close();
    }
    leaked.forEach(StreamSocket::close);
  }

  private class Hurt extends ReadinessEventLoop {

    @SuppressWarnings("this-escape") // it is closed long after it was made
    Hurt(LoopContext context, Poller poller, Sockets sockets) {
      super(context, "mutant", poller, sockets, new NioEventLoopProvider().capabilities());
      opened.add(this);
    }

    void reset(IOException failure) {}

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      if (!(request.protocol() instanceof Protocol)) {
        return super.makeSocketTransport(request);
      }
      return super.makeSocketTransport(
          NetworkMutant.withProtocol(
              request,
              new NetworkMutant.Between(request) {
                @Override
                public void connectionLost(Throwable exception) {
                  if (exception instanceof IOException failure) {
                    reset(failure);
                  }
                  super.connectionLost(exception);
                }
              }));
    }
  }
}
