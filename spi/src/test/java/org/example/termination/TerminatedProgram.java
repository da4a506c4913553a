package org.example.termination;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.Runner;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;

/** The program that a test terminates, by itself: one method for each test. */
@SuppressWarnings("SystemOut") // its output is what the test looks at
public final class TerminatedProgram {

  private static final RunnerOptions HURRIED =
      RunnerOptions.defaults().withTerminationLimit(Duration.ofMillis(300));

  // Never in a hurry: a busy machine must not cut off what ends by itself.
  private static final RunnerOptions PATIENT =
      RunnerOptions.defaults().withTerminationLimit(Duration.ofMinutes(1));

  private TerminatedProgram() {}

  /**
   * Runs.
   *
   * @param arguments the name of the test
   */
  public static void main(String[] arguments) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    switch (arguments[0]) {
      case "once" -> once();
      case "twice" -> twice();
      case "swallowing" -> Asyncio.run(TerminatedProgram::swallow, HURRIED);
      case "blocking" -> Asyncio.run(TerminatedProgram::block, HURRIED);
      case "pooled" -> pooled();
      case "done-in-a-pool" -> doneInAPool();
      case "sleeping" -> sleeping();
      case "unlimited" -> unlimited();
      case "off" -> off();
      case "between" -> between();
      case "before" -> before();
      case "closing" -> closing();
      case "after" -> after();
      case "exiting" -> exiting();
      case "interrupted" -> interrupted();
      case "two" -> two("TERM");
      case "two-interrupted" -> two("INT");
      case "outlasting" -> outlasting();
      case "foreign" -> foreign();
      case "replaced" -> replaced();
      case "killed" -> killed();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void once() {
    try {
      Asyncio.run(
          () -> {
            System.out.println("runs");
            Signals.raise("TERM");
            try {
              waitForever();
            } finally {
              System.out.println("task cleans up");
              Asyncio.sleep(Duration.ofMillis(20));
              System.out.println("task is clean");
            }
          },
          PATIENT);
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    } catch (CancelledError cancelled) {
      System.out.println("ended: " + cancelled.getMessage());
      System.out.println("thread is clean");
    }
  }

  private static void twice() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            waitForever();
          } finally {
            System.out.println("task cleans up");
            Signals.raise("TERM");
            blockForever();
          }
        },
        PATIENT);
  }

  private static void swallow() throws ReflectiveOperationException {
    Signals.raise("TERM");
    while (true) {
      try {
        waitForever();
      } catch (CancelledError swallowed) {
        // As a program must not do.
      }
    }
  }

  private static void block() throws ReflectiveOperationException {
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

  private static void pooled() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Thread pool =
        Thread.ofPlatform()
            .name("pool")
            .start(() -> {
              try (Runner runner = Runner.create(HURRIED)) {
                runner.run(() -> System.out.println("ended"));
                ran.countDown();
                blockForever();
              } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
              }
            });
    ran.await();
    Signals.raise("TERM");
    pool.join();
  }

  private static void doneInAPool() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Thread pool =
        Thread.ofPlatform()
            .name("pool")
            .start(() -> {
              try (Runner runner = Runner.create(PATIENT)) {
                runner.run(() -> {
                  running.countDown();
                  waitForever();
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
      blockForever();
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleeping() throws Exception {
    Asyncio.run(
        () -> {
          Signals.raiseOnceWaiting("TERM", Thread.currentThread());
          try {
            blockForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        PATIENT);
  }

  private static void unlimited() throws Exception {
    Asyncio.run(
        () -> {
          Signals.raise("TERM");
          try {
            waitForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        RunnerOptions.defaults().withTerminationLimit(ChronoUnit.FOREVER.getDuration()));
  }

  private static void off() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            waitForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        RunnerOptions.defaults().withCancelOnTermination(false));
  }

  private static void between() throws Exception {
    try (Runner runner = Runner.create(PATIENT)) {
      runner.run(() -> System.out.println("first run"));
      terminate();
      try {
        runner.run(() -> System.out.println("second run"));
      } catch (CancelledError cancelled) {
        System.out.println("cancelled: " + cancelled.getMessage());
        runner.run(() -> System.out.println("run that cleans up"));
      }
    }
  }

  private static void before() throws Exception {
    try (Runner runner = Runner.create(PATIENT)) {
      boolean ignored = runner.loop().isRunning();
      terminate();
      runner.run(() -> System.out.println("first run"));
    } catch (CancelledError cancelled) {
      System.out.println("cancelled: " + cancelled.getMessage());
    }
  }

  private static void closing() throws Exception {
    try (Runner runner = Runner.create(PATIENT)) {
      runner.run(() -> {
        Task<?> left = Asyncio.createTask(TerminatedProgram::terminateWhenCancelled);
        Asyncio.sleep(Duration.ZERO);
        return left.isDone();
      });
      System.out.println("closes");
    }
    System.out.println("thread is clean");
  }

  private static void terminateWhenCancelled() throws ReflectiveOperationException {
    try {
      waitForever();
    } finally {
      terminate();
      Asyncio.sleep(Duration.ofMillis(20));
      System.out.println("task is clean");
    }
  }

  private static void after() throws Exception {
    Asyncio.run(() -> System.out.println("ended"), PATIENT);
    Signals.raise("TERM");
    blockForever();
  }

  private static void exiting() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            waitForever();
          } finally {
            System.out.println("exits");
            System.exit(7);
          }
        },
        PATIENT);
  }

  private static void interrupted() throws Exception {
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
        PATIENT);
    System.out.println("ended");
  }

  private static void waitForCancellation() {
    try {
      waitForever();
    } catch (CancelledError cancelled) {
      System.out.println(cancelled.getMessage());
    }
  }

  private static void two(String signal) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Thread left = runner("left", both);
    Thread right = runner("right", both);
    both.await();
    Signals.raise(signal);
    left.join();
    right.join();
    if (signal.equals("TERM")) {
      blockForever();
    }
  }

  private static Thread runner(String name, CountDownLatch running) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            Asyncio.run(
                () -> {
                  running.countDown();
                  waitForever();
                },
                PATIENT);
          } catch (CancelledError cancelled) {
            System.out.println(name + " is clean");
          }
        });
  }

  private static void outlasting() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Thread outer = runner("outer", running);
    running.await();
    Asyncio.run(() -> System.out.println("inner ended"), PATIENT);
    Signals.raise("TERM");
    outer.join();
    blockForever();
  }

  private static void foreign() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Signals.handle(
        "TERM",
        () -> {
          System.out.println("foreign handler");
          seen.countDown();
        });
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          seen.await();
        },
        PATIENT);
    System.out.println("ended");
  }

  private static void replaced() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    Asyncio.run(
        () -> {
          Signals.handle(
              "TERM",
              () -> {
                System.out.println("replacement");
                first.countDown();
                second.countDown();
              });
          Signals.raise("TERM");
          first.await();
        },
        PATIENT);
    Signals.raise("TERM");
    second.await();
    System.out.println("ended");
  }

  private static void killed() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          String self = Long.toString(ProcessHandle.current().pid());
          int ignored = new ProcessBuilder("kill", "-TERM", self).start().waitFor();
          blockForever();
        },
        PATIENT);
  }

  private static void terminate() throws ReflectiveOperationException {
    Signals.raise("TERM");
    Signals.awaitTermination();
  }

  private static void waitForever() {
    Object ignored = Asyncio.runningLoop().createFuture().await();
  }

  private static void blockForever() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
