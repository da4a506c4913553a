package org.asyncio4j.tck.rules.eager;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 15 of SPEC.md, in parts; a new part is one line here. */
public final class EagerChapter {

  private static final String TITLE = "Eager start and call graph";

  private EagerChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(15, TITLE, EagerStartRules.class, EagerStartRules::new, true),
        new Chapter(15, TITLE, EagerLimitRules.class, EagerLimitRules::new, false),
        new Chapter(15, TITLE, CallGraphRules.class, CallGraphRules::new, true));
  }
}
