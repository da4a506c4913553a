package org.asyncio4j.tck.rules.waiting;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 12 of SPEC.md, in parts; a new part is one line here. */
public final class WaitingChapter {

  private static final String TITLE = "Waiting";

  private WaitingChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(12, TITLE, GatherRules.class, GatherRules::new, true),
        new Chapter(12, TITLE, WaitRules.class, WaitRules::new, true),
        new Chapter(12, TITLE, ShieldRules.class, ShieldRules::new, true),
        new Chapter(12, TITLE, RaceRules.class, RaceRules::new, true));
  }
}
