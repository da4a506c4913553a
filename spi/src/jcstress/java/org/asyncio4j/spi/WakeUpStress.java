package org.asyncio4j.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whole loops, which hang if a wake-up is lost. */
class WakeUpStress {

  private WakeUpStress() {}

  /** A loop that sleeps until another thread stops it. */
  private abstract static class Sleeping {

    private final StressedLoop loop;

    Sleeping(CoroutineMode mode) {
      loop = new StressedLoop(mode);
    }

    void runUntilStopped() {
      loop.runForever();
      loop.close();
    }

    void stop() {
      loop.callSoonThreadsafe(loop::stop);
    }
  }

  /** The result is whether the loop has ended. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "it was woken")
  @Outcome(expect = FORBIDDEN, desc = "it has not ended")
  @State
  public static class StopOfCarrier extends Sleeping {

    public StopOfCarrier() {
      super(CoroutineMode.CARRIER);
    }

    @Actor
    public void loop(I_Result r) {
      runUntilStopped();
      r.r1 = 1;
    }

    @Actor
    public void thread() {
      stop();
    }
  }

  /** The result is whether the loop has ended. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "it was woken")
  @Outcome(expect = FORBIDDEN, desc = "it has not ended")
  @State
  public static class StopOfHandoff extends Sleeping {

    public StopOfHandoff() {
      super(CoroutineMode.HANDOFF);
    }

    @Actor
    public void loop(I_Result r) {
      runUntilStopped();
      r.r1 = 1;
    }

    @Actor
    public void thread() {
      stop();
    }
  }

  /** A task that parks outside of await until another thread unparks it. */
  private abstract static class Parked {

    private final StressedLoop loop;
    private volatile Thread parked;
    private volatile boolean mayGoOn;

    Parked(CoroutineMode mode) {
      loop = new StressedLoop(mode);
    }

    void runTask() {
      loop.runAndClose(() -> {
        parked = Thread.currentThread();
        while (!mayGoOn) {
          LockSupport.park(this);
        }
        Awaiter.yieldOnce();
        return null;
      });
    }

    void unpark() {
      mayGoOn = true;
      LockSupport.unpark(parked);
    }
  }

  /** {@code CarrierFiber.execute} meets {@code mount}. The result is whether the loop has ended. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the task went on")
  @Outcome(expect = FORBIDDEN, desc = "it has not ended")
  @State
  public static class UnparkOnCarrier extends Parked {

    public UnparkOnCarrier() {
      super(CoroutineMode.CARRIER);
    }

    @Actor
    public void loop(I_Result r) {
      runTask();
      r.r1 = 1;
    }

    @Actor
    public void thread() {
      unpark();
    }
  }

  /** The result is whether the loop has ended. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the task went on")
  @Outcome(expect = FORBIDDEN, desc = "it has not ended")
  @State
  public static class UnparkOnHandoff extends Parked {

    public UnparkOnHandoff() {
      super(CoroutineMode.HANDOFF);
    }

    @Actor
    public void loop(I_Result r) {
      runTask();
      r.r1 = 1;
    }

    @Actor
    public void thread() {
      unpark();
    }
  }

  /**
   * Another thread walks the stack of a task that is switched out and in, which keeps it from
   * running and hands its continuation back. The result is whether the loop has ended.
   */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the task came to its end")
  @Outcome(expect = FORBIDDEN, desc = "it has not ended")
  @State
  public static class StackWalkOnCarrier {

    private static final int TURNS = 32;

    private final StressedLoop loop = new StressedLoop(CoroutineMode.CARRIER);
    private final Promise<Object> promise = loop.createFuture();
    private final Task<Object> walked =
        loop.createTask(() -> {
          for (int i = 0; i < TURNS; i++) {
            Awaiter.yieldOnce();
          }
          return promise.await();
        });

    @Actor
    public void loop(I_Result r) {
      loop.runAndClose(() -> {
        for (int i = 0; i < TURNS; i++) {
          Awaiter.yieldOnce();
        }
        promise.setResult(1);
        return walked.await();
      });
      r.r1 = walked.isDone() ? 1 : 0;
    }

    @Actor
    public void thread() {
      while (!walked.isDone()) {
        int ignored = walked.stack().size();
      }
    }
  }
}
