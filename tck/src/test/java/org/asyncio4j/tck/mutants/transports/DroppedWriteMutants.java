package org.asyncio4j.tck.mutants.transports;

import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 11: writes after a loss. */
public final class DroppedWriteMutants extends Defects {

  public DroppedWriteMutants() {
    defect("11.46", "warns of what is dropped").connections(it -> warn(it, Turn.always()));

    defect("11.46", "warns of many that are dropped").connections(it -> warn(it, Turn.from(21)));
  }

  private static void warn(ConnectionSeams it, BooleanSupplier warned) {
    boolean[] lost = new boolean[1];
    it.connectionLost.before(reason -> lost[0] = reason != null);
    it.write.before(
        () -> lost[0] && warned.getAsBoolean(),
        () -> System.getLogger("org.asyncio4j").log(Level.WARNING, "dropped by " + it.correct()));
  }
}
