package org.asyncio4j.tck.mutants.harness;

import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.spi.coroutine.*;

/** The methods of a coroutine. */
public final class CoroutineSeams extends Decorated {

  public final Seam<Void, Suspension> send = seam("send");
  public final Seam<Throwable, Suspension> throwInto = seam("throwInto");
  public final Seam<Void, Throwable> failure = seam("failure");
  public final Seam<Void, Void> interrupt = seam("interrupt");
  public final Seam<Void, Void> clearInterrupt = seam("clearInterrupt");
  public final Seam<Void, List<StackTraceElement>> stack = seam("stack");

  private final Coroutine<Object> correct;

  CoroutineSeams(Coroutine<Object> correct) {
    this.correct = correct;
  }

  /** {@return the future that the body awaits, if any} */
  public Future<?> awaited() {
    return correct.awaited();
  }
}
