package org.asyncio4j.tck.rules.sync;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 14 of SPEC.md, in parts; a new part is one line here. */
public final class SyncChapter {

  private static final String TITLE = "Locks and queues";

  private SyncChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(14, TITLE, LockRules.class, LockRules::new, true),
        new Chapter(14, TITLE, SignalRules.class, SignalRules::new, true),
        new Chapter(14, TITLE, WakingRules.class, WakingRules::new, false));
  }
}
