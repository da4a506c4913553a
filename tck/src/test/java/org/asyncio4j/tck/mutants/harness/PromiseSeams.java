package org.asyncio4j.tck.mutants.harness;

import org.asyncio4j.core.EventLoop;

/** The methods of a promise that is no future of ours. */
public final class PromiseSeams extends Decorated {

  public final Seam<String, Boolean> cancel = seam("cancel");
  public final Seam<Void, EventLoop> loop = seam("loop");
}
