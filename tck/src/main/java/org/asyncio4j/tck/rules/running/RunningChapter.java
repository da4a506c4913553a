package org.asyncio4j.tck.rules.running;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 1 of SPEC.md, in parts; a new part is one line here. */
public final class RunningChapter {

  private static final String TITLE = "Provider and life cycle";

  private RunningChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(1, TITLE, ProviderRules.class, ProviderRules::new, false),
        new Chapter(1, TITLE, RunUntilCompleteRules.class, RunUntilCompleteRules::new, false),
        new Chapter(1, TITLE, RunningRules.class, RunningRules::new, false),
        new Chapter(1, TITLE, ClosingRules.class, ClosingRules::new, false),
        new Chapter(1, TITLE, ClosedLoopRules.class, ClosedLoopRules::new, false),
        new Chapter(1, TITLE, ForgottenLoopRules.class, ForgottenLoopRules::new, false));
  }
}
