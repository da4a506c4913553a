package org.asyncio4j.spi.storm;

import java.util.SplittableRandom;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;

/**
 * Foreign threads use a loop at random, until it is closed while they run. The same seed gives the
 * same operations, but the threads still interleave at random.
 */
@HangGuard
class ConcurrencyStressTest {

  private static final String SEED = "asyncio4j.test.stress.seed";
  private static final int ROUNDS = 40;

  @OnEachEngine
  void nothingPassedByOtherThreadsIsLost(CoroutineMode mode) {
    long seed = Long.getLong(SEED, new SplittableRandom().nextLong());
    SplittableRandom rounds = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      try {
        new Storm(mode, rounds.nextLong()).run();
      } catch (Throwable failure) {
        throw new AssertionError(
            "round %d of seed %d failed on %s; replay it with -Dtest=%s -D%s=%d"
                .formatted(
                    round, seed, mode, ConcurrencyStressTest.class.getSimpleName(), SEED, seed),
            failure);
      }
    }
  }
}
