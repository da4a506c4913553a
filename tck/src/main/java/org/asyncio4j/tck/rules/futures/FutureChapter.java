package org.asyncio4j.tck.rules.futures;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 4 of SPEC.md, in parts; a new part is one line here. */
public final class FutureChapter {

  private static final String TITLE = "Futures";

  private FutureChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(4, TITLE, FutureRules.class, FutureRules::new, true),
        new Chapter(4, TITLE, FutureCallbackRules.class, FutureCallbackRules::new, true),
        new Chapter(4, TITLE, CallbackEqualityRules.class, CallbackEqualityRules::new, true),
        new Chapter(4, TITLE, AwaitRules.class, AwaitRules::new, true));
  }
}
