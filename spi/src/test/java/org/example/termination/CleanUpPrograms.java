package org.example.termination;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.asyncio4j.Asyncio;
import org.asyncio4j.Runner;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;

/** Programs whose tasks clean up when SIGTERM has come. */
@SuppressWarnings("SystemOut") // the test checks the output
final class CleanUpPrograms {

  private CleanUpPrograms() {}

  static void once() {
    try {
      Asyncio.run(
          () -> {
            System.out.println("runs");
            Signals.raise("TERM");
            try {
              Bodies.waitForever();
            } finally {
              System.out.println("task cleans up");
              Asyncio.sleep(Duration.ofMillis(20));
              System.out.println("task is clean");
            }
          },
          Limits.PATIENT);
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    } catch (CancelledError cancelled) {
      System.out.println("ended: " + cancelled.getMessage());
      System.out.println("thread is clean");
    }
  }

  static void twice() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            Bodies.waitForever();
          } finally {
            System.out.println("task cleans up");
            Signals.raise("TERM");
            Bodies.blockForever();
          }
        },
        Limits.PATIENT);
  }

  static void sleeping() throws Exception {
    Asyncio.run(
        () -> {
          Signals.raiseOnceWaiting("TERM", Thread.currentThread());
          try {
            Bodies.blockForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        Limits.PATIENT);
  }

  static void unlimited() throws Exception {
    Asyncio.run(
        () -> {
          Signals.raise("TERM");
          try {
            Bodies.waitForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        RunnerOptions.defaults().withTerminationLimit(ChronoUnit.FOREVER.getDuration()));
  }

  static void closing() throws Exception {
    try (Runner runner = Runner.create(Limits.PATIENT)) {
      runner.run(() -> {
        Task<?> left = Asyncio.createTask(CleanUpPrograms::terminateWhenCancelled);
        Asyncio.sleep(Duration.ZERO);
        return left.isDone();
      });
      System.out.println("closes");
    }
    System.out.println("thread is clean");
  }

  private static void terminateWhenCancelled() throws ReflectiveOperationException {
    try {
      Bodies.waitForever();
    } finally {
      Bodies.terminate();
      Asyncio.sleep(Duration.ofMillis(20));
      System.out.println("task is clean");
    }
  }

  static void exiting() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            Bodies.waitForever();
          } finally {
            System.out.println("exits");
            System.exit(7);
          }
        },
        Limits.PATIENT);
  }

  static void interrupted() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("INT");
          waitForCancellation();
          Signals.raise("TERM");
          waitForCancellation();
          Asyncio.sleep(Duration.ofMillis(20));
          System.out.println("task is clean");
        },
        Limits.PATIENT);
    System.out.println("ended");
  }

  private static void waitForCancellation() {
    try {
      Bodies.waitForever();
    } catch (CancelledError cancelled) {
      System.out.println(cancelled.getMessage());
    }
  }
}
