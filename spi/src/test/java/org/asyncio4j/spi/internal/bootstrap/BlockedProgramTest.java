package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.spi.fixture.ForkedJvm;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C reaches a program whose tasks block, in a JVM of its own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockedProgramTest {

  @ParameterizedTest
  @ValueSource(strings = {"carrier", "handoff"})
  void ctrlCEndsIt(String engine) throws Exception {
    ForkedJvm jvm = ForkedJvm.run(Program.class, engine);
    assertThat(jvm.output().lines())
        .containsSubsequence("runs", "cleaned up", "ended: interrupted by Ctrl-C");
    assertThat(jvm.output()).doesNotContain("SEVERE");
    assertThat(jvm.exitStatus()).isZero();
  }

  /** The program of the other JVM. */
  static final class Program {

    private Program() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      System.setProperty("asyncio4j.coroutines", arguments[0]);
      try {
        Asyncio.run(() -> run(arguments[0]), RunnerOptions.defaults().withLoop("parking"));
      } catch (CancelledError cancelled) {
        System.out.println("ended: " + cancelled.getMessage());
      }
    }

    @SuppressWarnings("SystemOut")
    private static void run(String engine) {
      // Another one that blocks, which the end of the program has to cancel.
      if (engine.equals("carrier")) {
        Asyncio.createTask(Program::block);
      }
      System.out.println("runs");
      Thread body = Thread.currentThread();
      Thread.ofPlatform().start(() -> raiseWhenParked(body));
      try {
        block();
      } finally {
        System.out.println("cleaned up");
      }
    }

    private static void block() {
      try {
        new SynchronousQueue<>().take();
      } catch (InterruptedException interrupted) {
        throw new CompletionException("the query failed", interrupted);
      }
    }

    private static void raiseWhenParked(Thread body) {
      TestLoop.spinUntil(() -> TestLoop.isWaiting(body));
      try {
        Class<?> type = Class.forName("sun.misc.Signal");
        type.getMethod("raise", type)
            .invoke(null, type.getConstructor(String.class).newInstance("INT"));
      } catch (ReflectiveOperationException impossible) {
        throw new LinkageError("a signal could not be raised", impossible);
      }
    }
  }
}
