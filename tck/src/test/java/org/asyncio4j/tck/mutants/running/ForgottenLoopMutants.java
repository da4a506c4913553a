package org.asyncio4j.tck.mutants.running;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;
import org.asyncio4j.tck.mutants.harness.Defect;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Loops;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 1: loops that nobody closes. */
public final class ForgottenLoopMutants extends Defects {

  private static final Cleaner CLEANER = Cleaner.create();

  public ForgottenLoopMutants() {
    keeps(defect("1.33", "is never collected").also("1.34", "1.35"), Turn.always());

    keeps(
        defect("1.33", "is not collected the second time").also("1.34", "1.35"),
        Turn.everySecond());

    defect("1.33", "is reported twice").also("1.35").loop(loop -> warn(loop, false));

    defect("1.35", "is reported although it was closed").loop(loop -> warn(loop, true));

    loses(defect("1.34", "leaves its descriptors").also("1.33", "1.35"), Turn.always());

    loses(
        defect("1.34", "leaves the descriptors of the second").also("1.33", "1.35"),
        Turn.everySecond());
  }

  /** Has loops that can never be collected. They are closed with the others of a mutant. */
  private static void keeps(Defect defect, Turn kept) {
    List<EventLoop> alive = new CopyOnWriteArrayList<>();
    defect.loop(loop -> {
      if (kept.getAsBoolean()) {
        alive.add(loop);
      }
    });
  }

  /** Has a warning made when a loop is collected, by a cleaner that does not know it. */
  private static void warn(MutantLoop loop, boolean ofClosed) {
    Flag closed = new Flag();
    loop.close.after(closed::set);
    Throwable openedAt = new Throwable("opened here");
    CLEANER.register(
        loop,
        () -> {
          if (closed.isSet() == ofClosed) {
            System.getLogger("org.asyncio4j")
                .log(System.Logger.Level.WARNING, "unclosed event loop <mutant>", openedAt);
          }
        });
  }

  private static void loses(Defect defect, Turn lost) {
    defect.opens(context -> {
      Driver driver = Loops.open(Loops.NIO);
      Poller poller = lost.getAsBoolean() ? new Careless(driver.poller()) : driver.poller();
      return new ReadinessEventLoop(
          context, "mutant", poller, driver.sockets(), Loops.NIO.capabilities());
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
