package org.asyncio4j.benchmarks;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures callbacks that schedule themselves again, on the loop's thread. In a batch of one, each
 * callback costs a whole tick; in a batch of a thousand, all share one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CallSoonBenchmark.CALLS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallSoonBenchmark {

  static final int CALLS = 1_000_000;

  /** How many callbacks are queued at a time. */
  @State(Scope.Benchmark)
  public static class Batch {

    /** The number of callbacks. */
    @Param({"1", "1000"})
    public int batch;
  }

  /** Measures {@code callSoon} of asyncio4j. */
  @Benchmark
  public void asyncio4j(AsyncioLoop loop, Batch batch) throws InterruptedException {
    loop.run(done -> begin(loop.loop()::callSoon, batch.batch, done));
  }

  /** Measures {@code execute} of Netty's loop. */
  @Benchmark
  public void netty(NettyLoop netty, Batch batch) throws InterruptedException {
    netty.run((loop, done) -> begin(loop::execute, batch.batch, done));
  }

  /** Measures a plain queue: the minimal cost of a ready queue. */
  @Benchmark
  public void arrayDeque(Batch batch) {
    ArrayDeque<Runnable> queue = new ArrayDeque<>();
    begin(queue::add, batch.batch, () -> {});
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  private static void begin(Consumer<Runnable> queue, int batch, Runnable done) {
    Countdown countdown = new Countdown(batch, done);
    for (int i = 0; i < batch; i++) {
      queue.accept(new Rearming(queue, CALLS / batch, countdown));
    }
  }

  private static final class Rearming implements Runnable {

    private final Consumer<Runnable> queue;
    private final Countdown countdown;
    private int left;

    Rearming(Consumer<Runnable> queue, int times, Countdown countdown) {
      this.queue = queue;
      this.countdown = countdown;
      this.left = times;
    }

    @Override
    public void run() {
      if (--left > 0) {
        queue.accept(this);
      } else {
        countdown.countDown();
      }
    }
  }
}
