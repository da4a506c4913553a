package org.asyncio4j.tck.mutants;

import module java.base;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.driver.*;
import org.asyncio4j.tck.mutants.harness.*;

/**
 * Correct loops, as long as no peer resets a connection. They are hurt at the latest when the
 * protocol of that connection has been notified.
 */
final class HurtLoops implements AutoCloseable {

  private final Queue<EventLoop> opened = new ConcurrentLinkedQueue<>();
  private final Queue<StreamSocket> leaked = new ConcurrentLinkedQueue<>();
  private final Queue<Poller> deafened = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** The methods of a driver and of its sockets. */
  private static final class DriverSeams extends Decorated<Driver> {

    final Seam<ProtocolFamily, StreamSocket> openStream = seam("openStream");
    final Seam<Void, Void> wakeUp = seam("wakeUp");

    // The poller of a driver knows the sockets of that driver only.
    Driver instead(Driver correct) {
      return new Driver(
          decorate(Poller.class, correct.poller()), decorate(Sockets.class, correct.sockets()));
    }
  }

  /** The methods of a socket. */
  private static final class StreamSeams extends Decorated<StreamSocket> {

    final Seam<ByteBuffer, Integer> read = seam("read");
    final Seam<Void, Void> close = seam("close");
  }

  /** Does not close a socket that was reset. */
  EventLoopProvider leaking() {
    return new Loops(context -> {
      DriverSeams it = new DriverSeams();
      it.openStream.returns(this::keptOpen);
      return open(context, it.instead(Loops.open(Loops.NIO)), (_, _) -> {});
    });
  }

  private StreamSocket keptOpen(StreamSocket socket) {
    Flag reset = new Flag();
    StreamSeams it = new StreamSeams();
    it.read.onFailure(IOException.class, (_, _) -> reset.set());
    it.close.insteadIf(reset, _ -> leaked.add(socket));
    return it.decorate(StreamSocket.class, socket);
  }

  /** Stands still when a connection is reset. */
  EventLoopProvider standingStill() {
    // After the protocol was notified, so that a test knows when the loop is hurt.
    return whenReset((loop, _) -> loop.callSoon(this::standStill));
  }

  private void standStill() {
    while (over.getCount() > 0) { // a callback that waits would let the loop go on
      Thread.onSpinWait();
    }
  }

  /** Cannot be woken any more when a connection was reset. */
  EventLoopProvider deaf() {
    return new Loops(context -> {
      Driver driver = Loops.open(Loops.NIO);
      deafened.add(driver.poller());
      Flag deaf = new Flag();
      DriverSeams it = new DriverSeams();
      it.wakeUp.unless(deaf.and(_ -> over.getCount() > 0));
      return open(context, it.instead(driver), (_, _) -> deaf.set());
    });
  }

  /** Tells the exception handler what the peer has done. */
  EventLoopProvider talkative() {
    return whenReset(
        (loop, failure) -> loop.report("Fatal read error on socket transport", failure));
  }

  private EventLoopProvider whenReset(BiConsumer<MutantLoop, IOException> act) {
    return new Loops(context -> open(context, Loops.open(Loops.NIO), act));
  }

  private EventLoop open(
      LoopContext context, Driver driver, BiConsumer<MutantLoop, IOException> onReset) {
    MutantLoop loop = MutantLoop.over(context, driver);
    loop.connections(it ->
        it.connectionLost.before(reason -> {
          if (reason instanceof IOException failure && it.user() instanceof Protocol) {
            onReset.accept(loop, failure);
          }
        }));
    opened.add(loop);
    return loop;
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
}
