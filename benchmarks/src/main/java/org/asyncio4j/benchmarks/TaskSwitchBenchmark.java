package org.asyncio4j.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.Asyncio;
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

/** Measures the switch between tasks that do nothing else. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TaskSwitchBenchmark.SWITCHES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TaskSwitchBenchmark {

  static final int SWITCHES = 200_000;

  /** How many tasks take turns. */
  @State(Scope.Benchmark)
  public static class Tasks {

    /** The number of tasks. */
    @Param({"1", "1000"})
    public int tasks;
  }

  /** Measures {@code sleep(0)}: the bare switch. */
  @Benchmark
  public void sleepZero(AsyncioLoop loop, Tasks tasks) throws InterruptedException {
    loop.run(done -> {
      Countdown countdown = new Countdown(tasks.tasks, done);
      for (int i = 0; i < tasks.tasks; i++) {
        Asyncio.createTask(() -> {
          for (int left = SWITCHES / tasks.tasks; left > 0; left--) {
            Asyncio.sleep(Duration.ZERO);
          }
          countdown.countDown();
        });
      }
    });
  }

  /**
   * Measures a future that a callback completes while the task awaits it: the switch of real
   * programs.
   */
  @Benchmark
  public void awaitFuture(AsyncioLoop loop, Tasks tasks) throws InterruptedException {
    loop.run(done -> {
      Countdown countdown = new Countdown(tasks.tasks, done);
      for (int i = 0; i < tasks.tasks; i++) {
        Asyncio.createTask(() -> {
          for (int left = SWITCHES / tasks.tasks; left > 0; left--) {
            var answer = loop.loop().<Integer>createFuture();
            loop.loop().callSoon(() -> answer.setResult(42));
            answer.await();
          }
          countdown.countDown();
        });
      }
    });
  }
}
