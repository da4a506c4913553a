package org.asyncio4j.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Another thread that sees a future done sees what it was done with. */
class FutureStateStress {

  private static final StressedLoop LOOP = StressedLoop.withoutThread();

  private FutureStateStress() {}

  /** The result is the value that another thread sees. */
  @JCStressTest
  @Outcome(id = "pending", expect = ACCEPTABLE, desc = "not done yet")
  @Outcome(id = "7", expect = ACCEPTABLE, desc = "done, with its value")
  @Outcome(expect = FORBIDDEN, desc = "done without its value")
  @State
  public static class Value {

    private final Promise<int[]> promise = LOOP.createFuture();

    @Actor
    public void loop() {
      int[] value = new int[1];
      value[0] = 7;
      promise.setResult(value);
    }

    @Actor
    public void thread(L_Result r) {
      if (promise.isDone()) {
        int[] value = promise.result();
        r.r1 = value == null ? "null" : String.valueOf(value[0]);
      } else {
        r.r1 = "pending";
      }
    }
  }

  /** The results are: whether another thread sees it cancelled, and then done. */
  @JCStressTest
  @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "not cancelled yet")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "cancelled, hence done")
  @Outcome(expect = FORBIDDEN, desc = "cancelled, but not done")
  @State
  public static class Cancelled {

    private final Promise<Object> promise = LOOP.createFuture();

    @Actor
    public void loop() {
      promise.cancel();
    }

    @Actor
    public void thread(II_Result r) {
      r.r1 = promise.isCancelled() ? 1 : 0;
      r.r2 = promise.isDone() ? 1 : 0;
    }
  }

  /** The result is the message that another thread sees. */
  @JCStressTest
  @Outcome(id = "pending", expect = ACCEPTABLE, desc = "not done yet")
  @Outcome(id = "why", expect = ACCEPTABLE, desc = "cancelled, with its message")
  @Outcome(expect = FORBIDDEN, desc = "cancelled without its message")
  @State
  public static class Message {

    private final Promise<Object> promise = LOOP.createFuture();

    @Actor
    public void loop() {
      promise.cancel("why");
    }

    @Actor
    public void thread(L_Result r) {
      if (!promise.isDone()) {
        r.r1 = "pending";
        return;
      }
      try {
        r.r1 = promise.result();
      } catch (CancelledError cancelled) {
        r.r1 = String.valueOf(cancelled.getMessage());
      }
    }
  }
}
