package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.spi.fixture.ForkedJvm;
import org.example.termination.Signals;
import org.example.termination.TerminatedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Ctrl-C does to a program: each test raises a real SIGINT in a JVM of its own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptSignalTest {

  private static final int BY_INTERRUPT = 130;

  @Test
  void theFirstCancelsTheMainTask() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(Program.class, "once");
    assertThat(jvm.output())
        .isEqualToIgnoringNewLines("runscleaned upended: interrupted by Ctrl-C");
    assertThat(jvm.exitStatus()).isZero();
  }

  @Test
  void theSecondEndsTheProgram() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(Program.class, "twice");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("runscleaned up");
    assertThat(jvm.exitStatus()).isEqualTo(BY_INTERRUPT);
  }

  @Test
  void afterARunItEndsTheProgramAsUsual() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(Program.class, "after");
    assertThat(jvm.output())
        .isEqualToIgnoringNewLines("runscleaned upended: interrupted by Ctrl-C");
    assertThat(jvm.exitStatus()).isEqualTo(BY_INTERRUPT);
  }

  @Test
  void handlerOfTheProgramIsKept() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(Program.class, "foreign");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("runsforeign handlerended");
    assertThat(jvm.exitStatus()).isZero();
  }

  @Test
  void itReachesEveryRunner() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(TerminatedProgram.class, "two-interrupted");
    assertThat(jvm.output().lines())
        .containsExactlyInAnyOrder("left is clean", "right is clean", "hook");
    assertThat(jvm.exitStatus()).isZero();
  }

  /** The program of the other JVM. */
  static final class Program {

    private Program() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
      String mode = arguments[0];
      CountDownLatch foreign = new CountDownLatch(1);
      if (mode.equals("foreign")) {
        Signals.handle(
            "INT",
            () -> {
              System.out.println("foreign handler");
              foreign.countDown();
            });
      }
      try {
        Asyncio.run(() -> {
          System.out.println("runs");
          Signals.raise("INT");
          if (mode.equals("foreign")) {
            foreign.await();
            return;
          }
          try {
            Asyncio.runningLoop().createFuture().await();
          } finally {
            System.out.println("cleaned up");
            if (mode.equals("twice")) {
              Signals.raise("INT");
              new CountDownLatch(1).await();
            }
          }
        });
        System.out.println("ended");
      } catch (CancelledError cancelled) {
        System.out.println("ended: " + cancelled.getMessage());
      }
      if (mode.equals("after")) {
        Signals.raise("INT");
        new CountDownLatch(1).await();
      }
    }
  }
}
