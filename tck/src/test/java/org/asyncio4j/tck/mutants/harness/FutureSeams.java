package org.asyncio4j.tck.mutants.harness;

import org.asyncio4j.core.*;

/** The methods of a future, for the program that it is returned to. */
public final class FutureSeams extends Decorated<Future<Object>> {

  public final Seam<Void, EventLoop> loop = seam("loop");
  public final Seam<String, Boolean> cancel = seam("cancel");
}
