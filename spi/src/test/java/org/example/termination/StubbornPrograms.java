package org.example.termination;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Runner;
import org.asyncio4j.core.CancelledError;

/** Programs whose tasks or threads continue after SIGTERM. */
@SuppressWarnings("SystemOut") // the test checks the output
final class StubbornPrograms {

  private StubbornPrograms() {}

  static void swallow() throws ReflectiveOperationException {
    Signals.raise("TERM");
    while (true) {
      try {
        Bodies.waitForever();
      } catch (CancelledError swallowed) {
        // As a program must not do.
      }
    }
  }

  static void block() throws ReflectiveOperationException {
    Signals.raise("TERM");
    try {
      blockTheLoop();
    } finally {
      System.out.println("task cleans up");
    }
  }

  private static void blockTheLoop() {
    while (System.nanoTime() != 0) {
      Thread.onSpinWait();
    }
  }

  static void pooled() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Thread pool =
        Thread.ofPlatform()
            .name("pool")
            .start(() -> {
              try (Runner runner = Runner.create(Limits.HURRIED)) {
                runner.run(() -> System.out.println("ended"));
                ran.countDown();
                Bodies.blockForever();
              } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
              }
            });
    ran.await();
    Signals.raise("TERM");
    pool.join();
  }

  static void doneInAPool() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Thread pool =
        Thread.ofPlatform()
            .name("pool")
            .start(() -> {
              try (Runner runner = Runner.create(Limits.PATIENT)) {
                runner.run(() -> {
                  running.countDown();
                  Bodies.waitForever();
                });
              } catch (CancelledError cancelled) {
                System.out.println("ended: " + cancelled.getMessage());
              }
              waitForMoreWork();
            });
    running.await();
    Signals.raise("TERM");
    pool.join();
  }

  private static void waitForMoreWork() {
    try {
      Bodies.blockForever();
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }
}
