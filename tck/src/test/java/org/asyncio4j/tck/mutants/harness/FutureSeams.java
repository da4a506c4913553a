package org.asyncio4j.tck.mutants.harness;

/** The methods of a future that the program gets. */
public final class FutureSeams extends Decorated {

  public final Seam<String, Boolean> cancel = seam("cancel");
}
