package org.asyncio4j.tck.rules.limits;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 13 of SPEC.md, in parts; a new part is one line here. */
public final class LimitChapter {

  private static final String TITLE = "Time limits and groups";

  private LimitChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(13, TITLE, LimitRules.class, LimitRules::new, true),
        new Chapter(13, TITLE, LimitRaceRules.class, LimitRaceRules::new, true),
        new Chapter(13, TITLE, GroupRules.class, GroupRules::new, true),
        new Chapter(13, TITLE, BlockingLimitRules.class, BlockingLimitRules::new, false),
        new Chapter(13, TITLE, CancelledOutcomeRules.class, CancelledOutcomeRules::new, true));
  }
}
