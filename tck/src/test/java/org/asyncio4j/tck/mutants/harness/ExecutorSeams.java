package org.asyncio4j.tck.mutants.harness;

import java.util.List;
import java.util.concurrent.ExecutorService;

/** The methods of an executor. */
public final class ExecutorSeams extends Decorated<ExecutorService> {

  public final Seam<Void, Void> shutdown = seam("shutdown");
  public final Seam<Void, List<Runnable>> shutdownNow = seam("shutdownNow");
}
