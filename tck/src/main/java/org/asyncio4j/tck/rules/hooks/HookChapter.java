package org.asyncio4j.tck.rules.hooks;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 7 of SPEC.md, in parts; a new part is one line here. */
public final class HookChapter {

  private static final String TITLE = "Transport hooks";

  private HookChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(7, TITLE, HookCallRules.class, HookCallRules::new, false),
        new Chapter(7, TITLE, TransportRules.class, TransportRules::new, false),
        new Chapter(7, TITLE, HookClosingRules.class, HookClosingRules::new, false),
        new Chapter(7, TITLE, CapabilityRules.class, CapabilityRules::new, false),
        new Chapter(7, TITLE, PollRules.class, PollRules::new, false));
  }
}
