package org.asyncio4j.tck.mutants.running;

import java.util.Set;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Loops;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 1: providers, and what they open. */
public final class ProviderMutants extends Defects {

  public ProviderMutants() {
    defect("1.1", "has a name in upper case")
        .provider(
            new Loops() {
              @Override
              public String name() {
                return "Mutant";
              }
            });

    defect("1.2", "pretends to run at first")
        .also("1.13")
        .loop(loop -> {
          Turn asked = Turn.first();
          loop.isRunning.returns(
              running -> asked.getAsBoolean() && !MutantLoop.onLoop() || running);
        });

    defect("1.27", "is never in debug mode").loop(loop -> loop.isDebug.always(false));

    defect("1.28", "does what it does not declare").declaring(Set.of()).loop(_ -> {});
  }
}
