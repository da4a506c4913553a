package org.asyncio4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the whole life of a task with an empty body: it is created, runs, and is awaited by
 * another task.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TaskLifeBenchmark.TASKS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TaskLifeBenchmark {

  static final int TASKS = 100_000;

  private static final int GROUP = 1_000;

  /** Creates and awaits one task after the other. */
  @Benchmark
  public void oneAtATime(AsyncioLoop loop) throws InterruptedException {
    loop.run(done ->
        Asyncio.createTask(() -> {
          for (int i = 0; i < TASKS; i++) {
            Asyncio.createTask(() -> 42).await();
          }
          done.run();
        }));
  }

  /** Creates a thousand tasks, then awaits them. */
  @Benchmark
  public void thousandAtATime(AsyncioLoop loop) throws InterruptedException {
    loop.run(done ->
        Asyncio.createTask(() -> {
          List<Task<Integer>> group = new ArrayList<>(GROUP);
          for (int i = 0; i < TASKS / GROUP; i++) {
            for (int j = 0; j < GROUP; j++) {
              group.add(Asyncio.createTask(() -> 42));
            }
            group.forEach(Task::await);
            group.clear();
          }
          done.run();
        }));
  }
}
