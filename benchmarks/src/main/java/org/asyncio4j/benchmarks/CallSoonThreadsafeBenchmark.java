package org.asyncio4j.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Measures callbacks that another thread schedules, until the last of them has run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CallSoonThreadsafeBenchmark.CALLS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallSoonThreadsafeBenchmark {

  static final int CALLS = 100_000;

  /** Measures {@code callSoonThreadsafe} of asyncio4j. */
  @Benchmark
  public void asyncio4j(AsyncioLoop loop) throws InterruptedException {
    produce(loop.loop()::callSoonThreadsafe);
  }

  /** Measures {@code execute} of Netty's loop. */
  @Benchmark
  public void netty(NettyLoop netty) throws InterruptedException {
    produce(netty.loop()::execute);
  }

  private static void produce(Consumer<Runnable> queue) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 1; i < CALLS; i++) {
      queue.accept(CallSoonThreadsafeBenchmark::doNothing);
    }
    queue.accept(done::countDown);
    done.await();
  }

  private static void doNothing() {}
}
