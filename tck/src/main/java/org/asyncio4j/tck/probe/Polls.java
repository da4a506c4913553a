package org.asyncio4j.tck.probe;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often the loop of a fixture polls, which shows whether it sleeps. Does not apply to a
 * loop that does not extend {@code BaseEventLoop}: its polls cannot be observed.
 */
public final class Polls {

  // The loop may get no CPU time in one.
  private static final int QUIET_PERIODS = 3;
  private static final int MANY = 20;
  private static final long RECENT_NANOS = 1_000_000;

  private final LoopFixture fixture;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Begins to count.
   *
   * @param fixture the fixture of the loop
   * @throws NotApplicableException if the polls cannot be observed
   */
  public Polls(LoopFixture fixture) {
    this.fixture = fixture;
    HookLog.observe(
        fixture.loop(),
        call -> {
          if (call.hook().equals("poll")) {
            int ignored = count.incrementAndGet();
          }
        });
  }

  /** {@return the number of polls since the last call, or since the beginning} */
  public int take() {
    return count.getAndSet(0);
  }

  /**
   * Expects few polls for some quiet periods.
   *
   * @param many how many are too many
   * @param when names the state of the loop
   */
  public void expectFewerThan(int many, String when) {
    for (int period = 0; period < QUIET_PERIODS; period++) {
      fixture
          .patience()
          .during(when + " the loop must poll a few times only", () -> count.get() < many);
    }
  }

  /**
   * Expects the loop to sleep.
   *
   * @param network the connections of the loop of the fixture
   * @param when names the state of the connections
   */
  public static void expectNoSpin(Network network, String when) {
    network.settle(2);
    new Polls(network.fixture()).expectFewerThan(MANY, when);
  }

  /**
   * Blocks the loop for a short time, so that it does not skip the next poll because the last one
   * was so recent. On the loop's thread.
   */
  public static void outlastLastPoll() {
    long end = System.nanoTime() + RECENT_NANOS;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
