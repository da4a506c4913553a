package org.asyncio4j.spi.internal.cycle;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.ref.Cleaner;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.StressedLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The failed futures of a closed loop may go to several threads. */
class UnretrievedFailuresStress {

  private static final StressedLoop LOOP = StressedLoop.withoutThread();
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Throwable FAILURE = new Throwable("on purpose");

  private UnretrievedFailuresStress() {}

  /** The results are: what each of the threads sees. */
  @JCStressTest
  @Outcome(id = "retrieved, retrieved", expect = ACCEPTABLE, desc = "neither disturbs the other")
  @Outcome(expect = FORBIDDEN, desc = "one of them stumbles over the other's")
  @State
  public static class TwoThreadsAfterClose {

    private final UnretrievedFailures failures = new UnretrievedFailures(LOOP, () -> CLEANER);
    private final BuiltinFuture<Object> oneFuture = new BuiltinFuture<>(LOOP);
    private final BuiltinFuture<Object> otherFuture = new BuiltinFuture<>(LOOP);
    private final UnretrievedFailures.Entry one = failures.watch(oneFuture, "one", FAILURE, null);
    private final UnretrievedFailures.Entry other =
        failures.watch(otherFuture, "other", FAILURE, null);

    public TwoThreadsAfterClose() {
      failures.close();
    }

    @Actor
    public void one(LL_Result r) {
      r.r1 = retrieve(one);
    }

    @Actor
    public void other(LL_Result r) {
      r.r2 = retrieve(other);
    }

    private String retrieve(UnretrievedFailures.Entry entry) {
      try {
        failures.retrieved(entry);
        return "retrieved";
      } catch (RuntimeException thrown) {
        return thrown.toString();
      }
    }
  }
}
