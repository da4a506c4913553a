package org.asyncio4j.tck.rules.threads;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 3 of SPEC.md, in parts; a new part is one line here. */
public final class ThreadChapter {

  private static final String TITLE = "Threads and wake-ups";

  private ThreadChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(3, TITLE, WakeUpRules.class, WakeUpRules::new, false),
        new Chapter(3, TITLE, ThreadRules.class, ThreadRules::new, false),
        new Chapter(3, TITLE, OffloadRules.class, OffloadRules::new, false),
        new Chapter(3, TITLE, ForeignTransportRules.class, ForeignTransportRules::new, true),
        new Chapter(3, TITLE, ForeignUseRules.class, ForeignUseRules::new, true));
  }
}
