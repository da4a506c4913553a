package org.example.termination;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;

/** Programs in which something else handles SIGTERM, or nothing does. */
@SuppressWarnings("SystemOut") // the test checks the output
final class HandlerPrograms {

  private HandlerPrograms() {}

  static void off() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          Signals.raise("TERM");
          try {
            Bodies.waitForever();
          } finally {
            System.out.println("task cleans up");
          }
        },
        RunnerOptions.defaults().withCancelOnTermination(false));
  }

  static void foreign() throws Exception {
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
        Limits.PATIENT);
    System.out.println("ended");
  }

  static void replaced() throws Exception {
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
        Limits.PATIENT);
    Signals.raise("TERM");
    second.await();
    System.out.println("ended");
  }

  static void killed() throws Exception {
    Asyncio.run(
        () -> {
          System.out.println("runs");
          String self = Long.toString(ProcessHandle.current().pid());
          int ignored = new ProcessBuilder("kill", "-TERM", self).start().waitFor();
          Bodies.blockForever();
        },
        Limits.PATIENT);
  }
}
