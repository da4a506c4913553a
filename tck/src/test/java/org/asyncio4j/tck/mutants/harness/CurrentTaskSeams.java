package org.asyncio4j.tck.mutants.harness;

import java.util.List;
import org.asyncio4j.core.*;

/** The methods of a task as its own body sees them. */
public final class CurrentTaskSeams extends Decorated<Task<?>> {

  public final Seam<Void, Integer> cancelling = seam("cancelling");
  public final Seam<Void, Integer> uncancel = seam("uncancel");
  public final Seam<Void, Boolean> hasUnseenCancellation = seam("hasUnseenCancellation");
  public final Seam<Void, Boolean> hasUnseenInterrupt = seam("hasUnseenInterrupt");
  public final Seam<Void, Void> dropUnseenCancellation = seam("dropUnseenCancellation");
  public final Seam<Limit, Expiry> scheduleExpiry = seam("scheduleExpiry", Limit::new);
  public final Seam<Void, List<StackTraceElement>> stack = seam("stack");

  /** A time limit that is to be set. */
  public record Limit(Long when, Runnable action) {}
}
