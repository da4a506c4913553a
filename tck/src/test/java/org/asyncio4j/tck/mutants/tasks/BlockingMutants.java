package org.asyncio4j.tck.mutants.tasks;

import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 6: bodies that block. */
public final class BlockingMutants extends Defects {

  public BlockingMutants() {
    defect("6.25", "is held by a body that blocks")
        .also("6.26", "6.28", "6.61", "6.62")
        .onHandoff()
        .loop(_ -> {});

    defect("6.26", "interrupts whom it must not")
        .also("6.30")
        .loop(loop -> loop.options(given -> given.withInterruptOnCancel(true)));
  }
}
