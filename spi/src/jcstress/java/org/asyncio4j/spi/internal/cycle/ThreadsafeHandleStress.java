package org.asyncio4j.spi.internal.cycle;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A callback runs once or never, and the result of cancel() says which. */
class ThreadsafeHandleStress {

  private ThreadsafeHandleStress() {}

  /** A callback that shows in plain memory how far it has come. */
  private abstract static class Cancellable {

    int progress;
    final ThreadsafeHandle handle =
        new ThreadsafeHandle(
            () -> {
              progress += 1;
              Thread.onSpinWait();
              progress += 1;
            },
            null,
            null);
  }

  /**
   * The results are: how far the callback has come when cancel returns and in the end (2 for one
   * run), and whether it was cancelled.
   */
  @JCStressTest
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "cancelled, so it never runs")
  @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "it ran, and cancel waited for its end")
  @Outcome(expect = FORBIDDEN, desc = "it runs after cancel has returned, twice, or neither")
  @State
  public static class CancelOrRun extends Cancellable {

    @Actor
    public void loop() {
      handle.run();
    }

    @Actor
    public void thread(III_Result r) {
      handle.cancel();
      r.r1 = progress;
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = progress;
      r.r3 = handle.isCancelled() ? 1 : 0;
    }
  }

  /** The results are: how far the callback has come in the end, whether it was withdrawn. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "withdrawn, so it never runs")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "it ran")
  @Outcome(expect = FORBIDDEN, desc = "it ran although it was withdrawn, or is lost")
  @State
  public static class WithdrawOrRun extends Cancellable {

    @Actor
    public void loop() {
      handle.run();
    }

    @Actor
    public void thread(II_Result r) {
      r.r2 = handle.withdraw() ? 1 : 0;
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = progress;
    }
  }

  /** The results are: what each thread sees, and how far a run comes that is late. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "cancelled for both, and it never runs")
  @Outcome(expect = FORBIDDEN, desc = "cancel returns before it is cancelled, or it runs")
  @State
  public static class TwoCancels extends Cancellable {

    @Actor
    public void one(III_Result r) {
      handle.cancel();
      r.r1 = handle.isCancelled() ? 1 : 0;
    }

    @Actor
    public void other(III_Result r) {
      handle.cancel();
      r.r2 = handle.isCancelled() ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result r) {
      handle.run();
      r.r3 = progress;
    }
  }
}
