package org.example.termination;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.Runner;
import org.asyncio4j.core.CancelledError;

/** Programs with several runs, or several runners. */
@SuppressWarnings("SystemOut") // the test checks the output
final class RunnerPrograms {

  private RunnerPrograms() {}

  static void between() throws Exception {
    try (Runner runner = Runner.create(Limits.PATIENT)) {
      runner.run(() -> System.out.println("first run"));
      Bodies.terminate();
      try {
        runner.run(() -> System.out.println("second run"));
      } catch (CancelledError cancelled) {
        System.out.println("cancelled: " + cancelled.getMessage());
        runner.run(() -> System.out.println("run that cleans up"));
      }
    }
  }

  static void before() throws Exception {
    try (Runner runner = Runner.create(Limits.PATIENT)) {
      boolean ignored = runner.loop().isRunning();
      Bodies.terminate();
      runner.run(() -> System.out.println("first run"));
    } catch (CancelledError cancelled) {
      System.out.println("cancelled: " + cancelled.getMessage());
    }
  }

  static void after() throws Exception {
    Asyncio.run(() -> System.out.println("ended"), Limits.PATIENT);
    Signals.raise("TERM");
    Bodies.blockForever();
  }

  static void two(String signal) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Thread left = runner("left", both);
    Thread right = runner("right", both);
    both.await();
    Signals.raise(signal);
    left.join();
    right.join();
    if (signal.equals("TERM")) {
      Bodies.blockForever();
    }
  }

  private static Thread runner(String name, CountDownLatch running) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            Asyncio.run(
                () -> {
                  running.countDown();
                  Bodies.waitForever();
                },
                Limits.PATIENT);
          } catch (CancelledError cancelled) {
            System.out.println(name + " is clean");
          }
        });
  }

  static void outlasting() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Thread outer = runner("outer", running);
    running.await();
    Asyncio.run(() -> System.out.println("inner ended"), Limits.PATIENT);
    Signals.raise("TERM");
    outer.join();
    Bodies.blockForever();
  }
}
