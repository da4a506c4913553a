package org.asyncio4j.spi.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.TestLoop;

/**
 * A loop that runs again whenever it is stopped, the threads that hand work to it, and its close
 * before they are through.
 */
final class Storm {

  private static final int THREADS = 4;
  private static final int DEEDS_OF_THREAD = 250;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TestLoop loop;
  private final List<StormThread> threads = new ArrayList<>();
  private final AtomicInteger deeds = new AtomicInteger();
  private final int deedsBeforeClose;
  private final List<ErrorReport> reports = new ArrayList<>();
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private volatile boolean ending;

  Storm(CoroutineMode mode, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    loop = TestLoop.on(mode);
    int all = THREADS * DEEDS_OF_THREAD;
    deedsBeforeClose = random.nextInt(all / 2, all);
    for (int i = 0; i < THREADS; i++) {
      threads.add(new StormThread(this, random.split()));
    }
  }

  void run() throws InterruptedException {
    List<Thread> started = new ArrayList<>();
    Thread runner = start("storm-runner", this::runAndClose);
    started.add(runner);
    for (StormThread each : threads) {
      started.add(start("storm", () -> each.act(DEEDS_OF_THREAD)));
    }
    for (Thread each : started) {
      if (!each.join(LIMIT)) {
        throw new AssertionError("%s of %s must end".formatted(each, loop), thrown.get());
      }
    }
    if (thrown.get() != null) {
      throw new AssertionError("a thread failed", thrown.get());
    }
    for (StormThread each : threads) {
      each.verify(LIMIT);
    }
    assertThat(loop.isClosed()).isTrue();
    assertThat(loop.allTasks()).isEmpty();
    assertThat(loop.currentTask()).isEmpty();
    assertThat(reports)
        .extracting(ErrorReport::message)
        .allMatch("Task was destroyed but it is pending"::equals);
  }

  TestLoop loop() {
    return loop;
  }

  /** Counts the operations of a thread; the thread with the last operation stops the loop. */
  void count() {
    if (deeds.incrementAndGet() == deedsBeforeClose) {
      ending = true;
      try {
        var _ = loop.callSoonThreadsafe(loop::stop);
      } catch (IllegalStateException closed) {
        // Another thread has just stopped the loop.
        assertThat(loop.isClosed()).isTrue();
      }
    }
  }

  private void runAndClose() {
    do {
      loop.runForever();
    } while (!ending);
    reports.addAll(loop.abandon());
  }

  private Thread start(String name, Runnable body) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            body.run();
          } catch (Throwable failure) {
            thrown.compareAndSet(null, failure);
          }
        });
  }
}
