package org.asyncio4j.tck.mutants.harness;

import org.asyncio4j.core.*;

/**
 * The methods of a handle.
 *
 * @param <H> its kind
 */
public final class HandleSeams<H extends Handle> extends Decorated<H> {

  public final Seam<Void, Void> cancel = seam("cancel");
  public final Seam<Void, Boolean> isCancelled = seam("isCancelled");
  public final Seam<Void, Context> context = seam("context");
  public final Seam<Void, Long> when = seam("when");
  public final Seam<Object, Boolean> equals = seam("equals");
  public final Seam<Void, String> toString = seam("toString");
}
