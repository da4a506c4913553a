package org.asyncio4j.tck.mutants.running;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.driver.*;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 1: providers, and loops that run, stop and close. */
public final class RunningMutants extends Defects {

  private static final Cleaner CLEANER = Cleaner.create();

  public RunningMutants() {
    defect("1.1", "has a name in upper case")
        .provider(
            new Loops() {
              @Override
              public String name() {
                return "Mutant";
              }
            });
    defect("1.2 also .13", "pretends to run at first", Turn.nth(1))
        .loop(loop ->
            loop.isRunning.returns(
                running -> loop.turn().comes() && !MutantLoop.onLoop() || running));
    defect("1.4", "forgets the value of a done future")
        .loop(loop ->
            loop.runUntilComplete.unless(future -> future.isDone() && !(future instanceof Task)));
    defect("1.5", "wraps checked exceptions")
        .loop(loop -> loop.runUntilComplete.insteadOf(IOException.class, CompletionException::new));
    defect("1.6", "takes a cancellation for a value")
        .loop(loop -> loop.runUntilComplete.swallowing(CancelledError.class));
    defect("1.7", "accepts futures of other loops")
        .loop(loop -> loop.runUntilComplete.onlyIf(future -> future.loop() == loop));
    defect("1.8 also .9", "returns nothing when it is stopped")
        .loop(loop ->
            loop.runUntilComplete.swallowing(
                IllegalStateException.class, _ -> !loop.isRunning() && !loop.isClosed()));
    defect("1.9", "leaves its callback on the future")
        .loop(loop ->
            loop.runUntilComplete.before(
                future -> !future.isDone() && future.loop() == loop && !loop.isRunning(),
                future -> future.addDoneCallback(_ -> loop.stop())));
    defect("1.10", "does not run at all after stop")
        .loop(loop -> {
          Flag stopped = new Flag();
          loop.stop.insteadIf(_ -> !loop.isRunning(), _ -> stopped.set());
          loop.runForever.unless(_ -> stopped.take());
        });
    defect("1.11", "stops a tick late")
        .loop(loop -> loop.stop.lateIf(_ -> MutantLoop.onLoop(), loop));
    defect("1.12 also .4, .9, .10, .11, .13, .15, .16, .19", "stays stopped")
        .loop(loop -> loop.runForever.after(_ -> loop.stop()));
    defect("1.13", "pretends to run afterwards")
        .loop(loop -> {
          Flag ran = new Flag();
          loop.runForever.after(_ -> ran.set());
          loop.isRunning.returns(running -> ran.isSet() || running);
        });
    defect("1.14", "ignores that another thread runs it")
        .loop(loop -> loop.runForever.onlyIf(_ -> !loop.isRunning() || MutantLoop.onLoop()));
    defect("1.15", "ignores that a loop runs here")
        .loop(loop -> loop.runForever.unless(_ -> MutantLoop.onLoop()));
    defect("1.16 also .5", "is a wrapper of the loop that runs")
        .opens(context -> MutantLoop.wrapped(EventLoop.class, MutantLoop.correct(context)));
    defect("1.17", "loses the interrupt")
        .loop(loop -> loop.runForever.after(_ -> Thread.interrupted()));
    defect("1.18", "never counts as closed").loop(loop -> loop.isClosed.always(false));
    defect("1.19", "ignores close while it runs")
        .loop(loop -> loop.close.unless(_ -> loop.isRunning()));
    defect("1.20 also .29", "runs what is left before it closes")
        .loop(loop ->
            loop.close.before(
                _ -> !loop.isRunning() && !loop.isClosed(),
                _ -> {
                  loop.stop();
                  loop.runForever();
                }));
    defect("1.21", "accepts callbacks after close")
        .loop(loop -> loop.callSoon.unless(_ -> loop.isClosed()));
    defect("1.22", "accepts tasks after close")
        .loop(loop -> loop.createTask.unless(_ -> loop.isClosed()));
    defect("1.23", "returns at once after close")
        .loop(loop -> loop.runForever.unless(_ -> loop.isClosed()));
    defect("1.24", "runs blocking code after close")
        .loop(loop -> loop.runInGivenExecutor.unless(_ -> loop.isClosed()));
    defect("1.25", "leaves the executor running")
        .loop(loop ->
            loop.executors(it -> {
              it.shutdown.swallow();
              it.shutdownNow.always(List.of());
            }));
    ReentrantLock shared = new ReentrantLock();
    defect("1.26 also .33, .34, .35, .36", "runs one loop at a time")
        .loop(loop ->
            loop.runForever.insteadIf(
                _ -> !MutantLoop.onLoop() && !loop.isRunning(),
                (correct, _) -> {
                  shared.lock();
                  try {
                    correct.call();
                  } finally {
                    shared.unlock();
                  }
                }));
    defect("1.27", "is never in debug mode").loop(loop -> loop.isDebug.always(false));
    defect("1.28", "does what it does not declare").declaring(Set.of()).loop(_ -> {});
    defect("1.29", "closes tasks away without a word")
        .loop(loop -> loop.callExceptionHandler.unless(loop.close.called()));
    defect("1.30", "loses callbacks of a closed loop silently")
        .or("refuses the first future of a closed loop only", Turn.from(2))
        .futures(it -> silently(it, it.setResult, it.mutant().turn()));
    defect("1.30", "fails futures of a closed loop silently")
        .futures(it -> silently(it, it.setException, Turn.always()));
    defect("1.31", "loses callbacks that are added too late")
        .or("refuses the first late callback only", Turn.from(2))
        .futures(it -> silently(it, it.addDoneCallback, it.mutant().turn().anew()));
    defect("1.32", "refuses to cancel on a closed loop")
        .futures(it ->
            onLateCancel(
                it,
                _ -> {
                  throw new IllegalStateException("Event loop is closed");
                }));
    defect("1.32", "reports the second future that is cancelled too late", Turn.nth(2))
        .futures(it ->
            onLateCancel(
                it,
                _ -> {
                  if (it.mutant().turn().comes()) {
                    it.mutant().callExceptionHandler(ErrorReport.of("callbacks are lost"));
                  }
                }));
    keeps(defect("1.33 also .34, .35, .36", "is never collected"), Turn.always());
    keeps(defect("1.33 also .34, .35, .36", "is not collected the second time"), Turn.every(2));
    defect("1.33 also .35", "is reported twice").loop(loop -> warn(loop, false));
    loses(defect("1.34 also .33, .35, .36", "leaves its descriptors"), Turn.always());
    loses(defect("1.34 also .33, .35, .36", "leaves the descriptors of the second"), Turn.every(2));
    defect("1.35", "is reported although it was closed").loop(loop -> warn(loop, true));
    keepsBusy(defect("1.36", "is held by its connection"), Turn.always());
    keepsBusy(defect("1.36", "is held by its connection the second time"), Turn.from(2));
  }

  /** Does not throw when the loop is closed. */
  private static void silently(MutantFuture<Object> it, Seam<?, ?> method, Turn silent) {
    method.swallowing(IllegalStateException.class, _ -> it.loop().isClosed() && silent.comes());
  }

  private static void onLateCancel(MutantFuture<Object> it, Seam.Act<Boolean> act) {
    it.cancel.aroundIf(
        _ -> !it.isDone(),
        (correct, message) -> {
          boolean accepted = correct.call(message);
          if (it.loop().isClosed()) {
            act.with(accepted);
          }
          return accepted;
        });
  }

  /** Keeps loops from being collected. They are closed with the other loops of a mutant. */
  private static void keeps(Defect defect, Turn kept) {
    List<EventLoop> alive = new CopyOnWriteArrayList<>();
    defect.loop(loop -> {
      if (kept.comes()) {
        alive.add(loop);
      }
    });
  }

  private static void keepsBusy(Defect defect, Turn kept) {
    List<EventLoop> alive = new CopyOnWriteArrayList<>();
    defect.connections(it -> it.connectionMade.before(kept, _ -> alive.add(it.loop())));
  }

  /** Logs a warning when a loop is collected, from a cleaner that does not know the loop. */
  private static void warn(MutantLoop loop, boolean ofClosed) {
    Flag closed = new Flag();
    loop.close.after(_ -> closed.set());
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

  private static Poller withoutResources(Poller correct) {
    AutoCloseable nothing = () -> {};
    return Decorated.changed(Poller.class, correct, "resources", it -> it.always(nothing));
  }

  private static void loses(Defect defect, Turn lost) {
    defect.opens(context -> {
      Driver driver = Loops.open(Loops.NIO);
      Poller poller = lost.comes() ? withoutResources(driver.poller()) : driver.poller();
      return new ReadinessEventLoop(
          context, "mutant", poller, driver.sockets(), Loops.NIO.capabilities());
    });
  }
}
