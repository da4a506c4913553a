package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.Pollable;
import org.asyncio4j.spi.readiness.Poller;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;
import org.asyncio4j.spi.readiness.ReadinessListener;
import org.asyncio4j.spi.readiness.Registration;

/** Chapter 1: loops that nobody closes. */
final class ForgottenLoopMutants {

  private static final Cleaner CLEANER = Cleaner.create();

  private ForgottenLoopMutants() {}

  /** Loops some of which can never be collected. They are closed with the others of a mutant. */
  private static EventLoopProvider keeping(BooleanSupplier kept) {
    List<EventLoop> alive = new CopyOnWriteArrayList<>();
    return new MutantProvider(context -> {
      EventLoop loop = new CorrectLoop(context);
      if (kept.getAsBoolean()) {
        alive.add(loop);
      }
      return loop;
    });
  }

  @Mutant(
      rule = "1.33",
      also = {"1.34", "1.35"})
  static EventLoopProvider isNeverCollected() {
    return keeping(() -> true);
  }

  @Mutant(
      rule = "1.33",
      also = {"1.34", "1.35"})
  static EventLoopProvider isNotCollectedTheSecondTime() {
    AtomicInteger opened = new AtomicInteger();
    return keeping(() -> opened.incrementAndGet() % 2 == 0);
  }

  /** Has a warning made when a loop is collected, by a cleaner that does not know it. */
  private static EventLoop warning(LoopContext context, BooleanSupplier ofClosed) {
    AtomicBoolean closed = new AtomicBoolean();
    EventLoop loop =
        new CorrectLoop(context) {
          @Override
          public void close() {
            super.close();
            closed.set(true);
          }
        };
    Throwable openedAt = new Throwable("opened here");
    CLEANER.register(
        loop,
        () -> {
          if (closed.get() == ofClosed.getAsBoolean()) {
            System.getLogger("org.asyncio4j")
                .log(System.Logger.Level.WARNING, "unclosed event loop <mutant>", openedAt);
          }
        });
    return loop;
  }

  @Mutant(rule = "1.33", also = "1.35")
  static EventLoop isReportedTwice(LoopContext context) {
    return warning(context, () -> false);
  }

  @Mutant(rule = "1.35")
  static EventLoop isReportedAlthoughItWasClosed(LoopContext context) {
    return warning(context, () -> true);
  }

  @Mutant(
      rule = "1.34",
      also = {"1.33", "1.35"})
  static EventLoopProvider leavesItsDescriptors() {
    return losing(() -> true);
  }

  @Mutant(
      rule = "1.34",
      also = {"1.33", "1.35"})
  static EventLoopProvider leavesTheDescriptorsOfTheSecond() {
    AtomicInteger opened = new AtomicInteger();
    return losing(() -> opened.incrementAndGet() % 2 == 0);
  }

  private static EventLoopProvider losing(BooleanSupplier lost) {
    return new MutantProvider(context -> {
      Driver driver = MutantProvider.driverOf(new NioEventLoopProvider());
      Poller poller = lost.getAsBoolean() ? new Careless(driver.poller()) : driver.poller();
      return new ReadinessEventLoop(
          context, "mutant", poller, driver.sockets(), new NioEventLoopProvider().capabilities());
    });
  }

  /** A poller that does not say which resources it has. */
  private record Careless(Poller correct) implements Poller {

    @Override
    public Registration register(Pollable socket, int interest, ReadinessListener listener)
        throws IOException {
      return correct.register(socket, interest, listener);
    }

    @Override
    public void poll(long waitNanos) throws IOException {
      correct.poll(waitNanos);
    }

    @Override
    public void wakeUp() {
      correct.wakeUp();
    }

    @Override
    public void close() {
      correct.close();
    }
  }
}
