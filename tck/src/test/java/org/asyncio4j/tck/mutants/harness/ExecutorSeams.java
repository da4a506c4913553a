package org.asyncio4j.tck.mutants.harness;

import java.util.List;

/** The methods of an executor. */
public final class ExecutorSeams extends Decorated {

  public final Seam<Void, Void> shutdown = seam("shutdown");
  public final Seam<Void, List<Runnable>> shutdownNow = seam("shutdownNow");
}
