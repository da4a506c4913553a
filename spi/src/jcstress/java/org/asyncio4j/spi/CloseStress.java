package org.asyncio4j.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Handle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Who hands something to a loop that closes learns what becomes of it. */
class CloseStress {

  private CloseStress() {}

  /** A loop, and a callback that another thread schedules. */
  private abstract static class Scheduling {

    final StressedLoop loop;
    private int runs;
    private Handle handle;

    Scheduling(StressedLoop loop) {
      this.loop = loop;
    }

    void schedule() {
      try {
        handle = loop.callSoonThreadsafe(() -> runs++);
      } catch (IllegalStateException closed) {
        // Then the handle is missing.
      }
    }

    String outcome() {
      String fate = handle == null ? "refused" : handle.isCancelled() ? "dropped" : "kept";
      return fate + " and ran " + runs;
    }
  }

  /** The result is what became of the callback. */
  @JCStressTest
  @Outcome(id = "refused and ran 0", expect = ACCEPTABLE, desc = "the loop was closed")
  @Outcome(id = "dropped and ran 0", expect = ACCEPTABLE, desc = "accepted before it closed")
  @Outcome(expect = FORBIDDEN, desc = "accepted, but it will never run")
  @State
  public static class ScheduleOrClose extends Scheduling {

    public ScheduleOrClose() {
      super(StressedLoop.withoutThread());
    }

    @Actor
    public void one() {
      loop.close();
    }

    @Actor
    public void other() {
      schedule();
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** The result is what became of the callback. */
  @JCStressTest
  @Outcome(id = "refused and ran 0", expect = ACCEPTABLE, desc = "the loop was closed")
  @Outcome(id = "dropped and ran 0", expect = ACCEPTABLE, desc = "accepted before it closed")
  @Outcome(id = "kept and ran 1", expect = ACCEPTABLE, desc = "accepted and run")
  @Outcome(expect = FORBIDDEN, desc = "the caller gets a wrong result")
  @State
  public static class ScheduleOrRunAndClose extends Scheduling {

    public ScheduleOrRunAndClose() {
      super(new StressedLoop(CoroutineMode.CARRIER));
    }

    @Actor
    public void one() {
      loop.runAndClose(() -> null);
    }

    @Actor
    public void other() {
      schedule();
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** The result is what became of the coroutine. */
  @JCStressTest
  @Outcome(id = "refused", expect = ACCEPTABLE, desc = "the loop was closed")
  @Outcome(id = "failed", expect = ACCEPTABLE, desc = "accepted before it closed")
  @Outcome(expect = FORBIDDEN, desc = "a task that waits for it waits forever")
  @State
  public static class SubmitOrClose {

    private final StressedLoop loop = StressedLoop.withoutThread();
    private CompletableFuture<Object> submitted;

    @Actor
    public void one() {
      loop.close();
    }

    @Actor
    public void other() {
      try {
        submitted = Asyncio.runCoroutineThreadsafe(() -> null, loop);
      } catch (IllegalStateException closed) {
        // Then the future is missing.
      }
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 =
          submitted == null
              ? "refused"
              : submitted.isCompletedExceptionally() ? "failed" : "pending or done";
    }
  }
}
