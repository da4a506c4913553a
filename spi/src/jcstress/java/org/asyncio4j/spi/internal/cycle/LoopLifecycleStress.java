package org.asyncio4j.spi.internal.cycle;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A loop is run by one, or closed by one. */
class LoopLifecycleStress {

  private LoopLifecycleStress() {}

  private static String start(LoopLifecycle lifecycle) {
    try {
      lifecycle.start();
      return "started";
    } catch (IllegalStateException refused) {
      return "refused";
    }
  }

  private static String close(LoopLifecycle lifecycle) {
    try {
      return lifecycle.close() ? "closed" : "was closed";
    } catch (IllegalStateException refused) {
      return "refused";
    }
  }

  /** The results are: what each of the threads did, and what the loop is in the end. */
  @JCStressTest
  @Outcome(id = "started, refused, running", expect = ACCEPTABLE, desc = "started first")
  @Outcome(id = "refused, closed, closed", expect = ACCEPTABLE, desc = "closed first")
  @Outcome(expect = FORBIDDEN, desc = "both, or none")
  @State
  public static class StartOrClose {

    private final LoopLifecycle lifecycle = new LoopLifecycle();

    @Actor
    public void one(LLL_Result r) {
      r.r1 = start(lifecycle);
    }

    @Actor
    public void other(LLL_Result r) {
      r.r2 = close(lifecycle);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = lifecycle.toString();
    }
  }

  /** The results are: what close() reported, and the final state of the loop. */
  @JCStressTest
  @Outcome(id = "closed, closed", expect = ACCEPTABLE, desc = "closed after it ended")
  @Outcome(id = "refused, idle", expect = ACCEPTABLE, desc = "refused while it ran")
  @Outcome(expect = FORBIDDEN, desc = "reported as closed although it is not")
  @State
  public static class EndOrClose {

    private final LoopLifecycle lifecycle = new LoopLifecycle();

    public EndOrClose() {
      lifecycle.start();
    }

    @Actor
    public void loop() {
      lifecycle.end();
    }

    @Actor
    public void thread(LL_Result r) {
      r.r1 = close(lifecycle);
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = lifecycle.toString();
    }
  }

  /** The results are: what each of the threads did. */
  @JCStressTest
  @Outcome(
      id = {"closed, was closed", "was closed, closed"},
      expect = ACCEPTABLE,
      desc = "one of them closed it")
  @Outcome(expect = FORBIDDEN, desc = "its resources are freed twice, or never")
  @State
  public static class TwoCloses {

    private final LoopLifecycle lifecycle = new LoopLifecycle();

    @Actor
    public void one(LL_Result r) {
      r.r1 = close(lifecycle);
    }

    @Actor
    public void other(LL_Result r) {
      r.r2 = close(lifecycle);
    }
  }

  /** The results are: what each of the threads did. */
  @JCStressTest
  @Outcome(
      id = {"started, refused", "refused, started"},
      expect = ACCEPTABLE,
      desc = "one of them runs it")
  @Outcome(expect = FORBIDDEN, desc = "two threads run one loop, or none does")
  @State
  public static class TwoStarts {

    private final LoopLifecycle lifecycle = new LoopLifecycle();

    @Actor
    public void one(LL_Result r) {
      r.r1 = start(lifecycle);
    }

    @Actor
    public void other(LL_Result r) {
      r.r2 = start(lifecycle);
    }
  }
}
