package org.asyncio4j.tck.mutants.harness;

import org.asyncio4j.core.Context;

/** The methods of a handle. */
public final class HandleSeams extends Decorated {

  public final Seam<Void, Void> cancel = seam("cancel");
  public final Seam<Void, Boolean> isCancelled = seam("isCancelled");
  public final Seam<Void, Context> context = seam("context");
  public final Seam<Void, Long> when = seam("when");
  public final Seam<Object, Boolean> equals = seam("equals");
  public final Seam<Void, String> toString = seam("toString");
}
