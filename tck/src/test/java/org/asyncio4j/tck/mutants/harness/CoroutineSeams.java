package org.asyncio4j.tck.mutants.harness;

import java.util.List;
import org.asyncio4j.spi.coroutine.*;

/** The methods of a coroutine. */
public final class CoroutineSeams extends Decorated<Coroutine<Object>> {

  public final Seam<Void, Suspension> send = seam("send");
  public final Seam<Throwable, Suspension> throwInto = seam("throwInto");
  public final Seam<Void, Throwable> failure = seam("failure");
  public final Seam<Void, Void> interrupt = seam("interrupt");
  public final Seam<Void, Void> clearInterrupt = seam("clearInterrupt");
  public final Seam<Void, List<StackTraceElement>> stack = seam("stack");
}
