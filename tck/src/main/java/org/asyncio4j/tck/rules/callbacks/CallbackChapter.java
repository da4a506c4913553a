package org.asyncio4j.tck.rules.callbacks;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 2 of SPEC.md, in parts; a new part is one line here. */
public final class CallbackChapter {

  private static final String TITLE = "Scheduling and time";

  private CallbackChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(2, TITLE, CallbackRules.class, CallbackRules::new, true),
        new Chapter(2, TITLE, HandleRules.class, HandleRules::new, true),
        new Chapter(2, TITLE, HandleTextRules.class, HandleTextRules::new, true),
        new Chapter(2, TITLE, TimerRules.class, TimerRules::new, true),
        new Chapter(2, TITLE, CallbackContextRules.class, CallbackContextRules::new, true));
  }
}
