package org.asyncio4j.tck.mutants.hooks;

import java.util.Set;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 7: what loops declare that they can do. */
public final class CapabilityMutants extends Defects {

  public CapabilityMutants() {
    defect("7.14", "declares that it can half-close but cannot")
        .connections(it -> it.canWriteEof.always(false));

    defect("7.15", "does more than it declares").declaring(Set.of()).loop(_ -> {});
  }
}
