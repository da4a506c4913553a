package org.asyncio4j.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Completion on the loop meets cancellation, or completion, elsewhere. */
class FutureBridgeStress {

  private static final int TURNS = 8;

  private FutureBridgeStress() {}

  private static String outcome(CompletableFuture<?> future) {
    return switch (future.state()) {
      case RUNNING -> "pending";
      case SUCCESS -> "value";
      case CANCELLED -> "cancelled";
      case FAILED -> "failed";
    };
  }

  /** The results are: what became of the future, and of the body. */
  @JCStressTest
  @Outcome(id = "value, returned", expect = ACCEPTABLE, desc = "done before it was cancelled")
  @Outcome(id = "cancelled, returned", expect = ACCEPTABLE, desc = "cancelled in its last step")
  @Outcome(id = "cancelled, cancelled", expect = ACCEPTABLE, desc = "cancelled while it ran")
  @Outcome(id = "cancelled, not begun", expect = ACCEPTABLE, desc = "cancelled before its turn")
  @Outcome(expect = FORBIDDEN, desc = "the two disagree, or the body is left behind")
  @State
  public static class CancelWhileRunning {

    private final StressedLoop loop = new StressedLoop(CoroutineMode.CARRIER);
    private String body = "not begun";
    private final CompletableFuture<Object> submitted =
        Asyncio.runCoroutineThreadsafe(this::yieldTwice, loop);

    private Object yieldTwice() {
      body = "begun";
      try {
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        body = "returned";
      } catch (CancelledError cancelled) {
        body = "cancelled";
        throw cancelled;
      }
      return "value";
    }

    @Actor
    public void loop() {
      loop.runAndClose(() -> {
        for (int i = 0; i < TURNS; i++) {
          Awaiter.yieldOnce();
        }
        return null;
      });
    }

    @Actor
    public void thread() {
      submitted.cancel(true);
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = outcome(submitted);
      r.r2 = body;
    }
  }

  /**
   * Only a cancellation ends the body: a run that loses one hangs. The results are: what became of
   * the future, and of the body.
   */
  @JCStressTest
  @Outcome(id = "cancelled, cancelled", expect = ACCEPTABLE, desc = "cancelled while it waited")
  @Outcome(id = "cancelled, not begun", expect = ACCEPTABLE, desc = "cancelled before its turn")
  @Outcome(expect = FORBIDDEN, desc = "the two disagree")
  @State
  public static class CancelWhileAwaiting {

    private final StressedLoop loop = new StressedLoop(CoroutineMode.CARRIER);
    private String body = "not begun";
    private final CompletableFuture<Object> submitted =
        Asyncio.runCoroutineThreadsafe(this::awaitForGood, loop);

    private Object awaitForGood() {
      try {
        return loop.createFuture().await();
      } catch (CancelledError cancelled) {
        body = "cancelled";
        throw cancelled;
      }
    }

    @Actor
    public void loop() {
      loop.runAndClose(() -> {
        while (!submitted.isDone() || loop.allTasks().size() > 1) {
          Awaiter.yieldOnce();
        }
        return null;
      });
    }

    @Actor
    public void thread() {
      submitted.cancel(true);
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = outcome(submitted);
      r.r2 = body;
    }
  }

  /** A stage completes elsewhere while a task awaits it: a run that loses it hangs. */
  @JCStressTest
  @Outcome(id = "7", expect = ACCEPTABLE, desc = "the task gets the value")
  @Outcome(expect = FORBIDDEN, desc = "it gets something else")
  @State
  public static class CompleteWhileAwaited {

    private final StressedLoop loop = new StressedLoop(CoroutineMode.CARRIER);
    private final CompletableFuture<int[]> stage = new CompletableFuture<>();
    private int seen;

    @Actor
    public void loop() {
      loop.runAndClose(() -> {
        Future<int[]> following = Asyncio.wrapFuture(stage);
        seen = following.await()[0];
        return null;
      });
    }

    @Actor
    public void thread() {
      stage.complete(new int[] {7});
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = String.valueOf(seen);
    }
  }
}
