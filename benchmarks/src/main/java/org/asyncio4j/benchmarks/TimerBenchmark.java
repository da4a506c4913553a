package org.asyncio4j.benchmarks;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.asyncio4j.core.TimerHandle;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a million timers at random times, on the loop's thread. A measurement ends with a tick,
 * so that work that a loop defers until then is included.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TimerBenchmark.TIMERS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("FutureReturnValueIgnored") // the outcome of an empty timer does not matter
public class TimerBenchmark {

  static final int TIMERS = 1_000_000;

  /** The timers of one invocation. */
  @State(Scope.Benchmark)
  public static class Timers {

    private final @Nullable Object[] pending = new @Nullable Object[TIMERS];
    private final SplittableRandom random = new SplittableRandom(42);

    /** Schedules all of them, an hour from now or later. */
    void scheduleFar(LongFunction<Object> schedule) {
      for (int i = 0; i < TIMERS; i++) {
        pending[i] =
            schedule.apply(TimeUnit.HOURS.toNanos(1) + random.nextLong(TimeUnit.HOURS.toNanos(1)));
      }
    }

    /** Schedules all of them within a millisecond. */
    void scheduleNear(LongFunction<Object> schedule) {
      for (int i = 0; i < TIMERS; i++) {
        var _ = schedule.apply(random.nextLong(TimeUnit.MILLISECONDS.toNanos(1)));
      }
    }

    void cancel() {
      for (int i = 0; i < TIMERS; i++) {
        switch (pending[i]) {
          case TimerHandle ours -> ours.cancel();
          case ScheduledFuture<?> netty -> netty.cancel(false);
          case null, default -> {}
        }
        pending[i] = null;
      }
    }
  }

  /** An asyncio4j loop whose timers are removed after each invocation. */
  public static class CleanAsyncioLoop extends AsyncioLoop {

    /** Cancels all timers. */
    @TearDown(Level.Invocation)
    public void cancel(Timers timers) throws InterruptedException {
      run(done -> {
        timers.cancel();
        loop().callSoon(done);
      });
    }
  }

  /** A Netty loop whose timers are removed after each invocation. */
  public static class CleanNettyLoop extends NettyLoop {

    /** Cancels all timers. */
    @TearDown(Level.Invocation)
    public void cancel(Timers timers) throws InterruptedException {
      run((loop, done) -> {
        timers.cancel();
        loop.execute(done);
      });
    }
  }

  /** An asyncio4j loop to which timers are added before each invocation. */
  public static class FullAsyncioLoop extends AsyncioLoop {

    /** Schedules the timers to cancel. */
    @Setup(Level.Invocation)
    public void schedule(Timers timers) throws InterruptedException {
      run(done -> {
        timers.scheduleFar(
            delay -> loop().callAt(loop().time() + delay, TimerBenchmark::doNothing));
        loop().callSoon(done);
      });
    }
  }

  /** A Netty loop to which timers are added before each invocation. */
  public static class FullNettyLoop extends NettyLoop {

    /** Schedules the timers to cancel. */
    @Setup(Level.Invocation)
    public void schedule(Timers timers) throws InterruptedException {
      run((loop, done) -> {
        timers.scheduleFar(
            delay -> loop.schedule(TimerBenchmark::doNothing, delay, TimeUnit.NANOSECONDS));
        loop.execute(done);
      });
    }
  }

  /** Measures scheduling. */
  @Benchmark
  public void schedule(CleanAsyncioLoop asyncio, Timers timers) throws InterruptedException {
    asyncio.run(done -> {
      timers.scheduleFar(
          delay -> asyncio.loop().callAt(asyncio.loop().time() + delay, TimerBenchmark::doNothing));
      asyncio.loop().callSoon(done);
    });
  }

  /** Measures scheduling. */
  @Benchmark
  public void scheduleNetty(CleanNettyLoop netty, Timers timers) throws InterruptedException {
    netty.run((loop, done) -> {
      timers.scheduleFar(
          delay -> loop.schedule(TimerBenchmark::doNothing, delay, TimeUnit.NANOSECONDS));
      loop.execute(done);
    });
  }

  /** Measures cancelling, including the removal of cancelled timers. */
  @Benchmark
  public void cancel(FullAsyncioLoop asyncio, Timers timers) throws InterruptedException {
    asyncio.run(done -> {
      timers.cancel();
      asyncio.loop().callSoon(done);
    });
  }

  /** Measures cancelling, including the removal of cancelled timers. */
  @Benchmark
  public void cancelNetty(FullNettyLoop netty, Timers timers) throws InterruptedException {
    netty.run((loop, done) -> {
      timers.cancel();
      loop.execute(done);
    });
  }

  /** Measures scheduling and running. */
  @Benchmark
  public void scheduleAndFire(AsyncioLoop asyncio, Timers timers) throws InterruptedException {
    asyncio.run(done -> {
      Countdown countdown = new Countdown(TIMERS, done);
      timers.scheduleNear(
          delay -> asyncio.loop().callAt(asyncio.loop().time() + delay, countdown::countDown));
    });
  }

  /** Measures scheduling and running. */
  @Benchmark
  public void scheduleAndFireNetty(NettyLoop netty, Timers timers) throws InterruptedException {
    netty.run((loop, done) -> {
      Countdown countdown = new Countdown(TIMERS, done);
      timers.scheduleNear(
          delay -> loop.schedule(countdown::countDown, delay, TimeUnit.NANOSECONDS));
    });
  }

  private static void doNothing() {}
}
