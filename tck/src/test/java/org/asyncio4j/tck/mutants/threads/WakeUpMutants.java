package org.asyncio4j.tck.mutants.threads;

import java.util.function.BooleanSupplier;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 3: calls of other threads that wake a loop. */
public final class WakeUpMutants extends Defects {

  private static final long IDLE_NANOS = 100_000_000;

  public WakeUpMutants() {
    // On a busy machine there is such a pause in all rules that call a loop in the background.
    defect("3.1", "oversleeps the second wake up after a pause")
        .also(
            "3.9", "3.21", "3.22", "3.23", "3.24", "3.25", "3.26", "3.27", "3.29", "3.30", "3.31",
            "3.32")
        .loop(WakeUpMutants::oversleep);

    defect("3.2", "loses one in three thousand callbacks")
        .loop(loop -> {
          Turn lost = Turn.every(3_000);
          loop.callSoonThreadsafe.given(callback -> lost.getAsBoolean() ? () -> {} : callback);
        });

    defect("3.3", "loses a wake up now and then")
        .loop(loop -> {
          Turn held = Turn.every(700);
          holdBack(loop, held::getAsBoolean);
        });

    defect("3.4", "refuses in a way of its own after close")
        .loop(loop ->
            loop.callSoonThreadsafe.insteadOf(
                IllegalStateException.class,
                closed -> new UnsupportedOperationException("bad file descriptor", closed)));

    defect("3.9", "ignores stop in a threadsafe callback")
        .loop(loop -> {
          Flag inside = new Flag();
          loop.callSoonThreadsafe.given(callback ->
              () -> {
                inside.set();
                try {
                  callback.run();
                } finally {
                  inside.clear();
                }
              });
          loop.stop.unless(inside);
        });
  }

  private static void oversleep(MutantLoop loop) {
    Turn second = Turn.second();
    long[] lastCall = {0};
    holdBack(
        loop,
        () -> {
          long pause = System.nanoTime() - lastCall[0];
          lastCall[0] = System.nanoTime();
          return second.getAsBoolean() && pause > IDLE_NANOS;
        });
  }

  /** Has a call come with the next one only. */
  private static void holdBack(MutantLoop loop, BooleanSupplier isHeld) {
    Runnable[] held = new Runnable[1];
    loop.callSoonThreadsafe.around((correct, callback) -> {
      synchronized (held) {
        Runnable late = held[0];
        held[0] = null;
        if (late != null) {
          correct.call(late);
        }
        if (isHeld.getAsBoolean()) {
          held[0] = callback;
          return null;
        }
        return correct.call(callback);
      }
    });
  }
}
