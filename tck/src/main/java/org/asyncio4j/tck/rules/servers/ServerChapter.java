package org.asyncio4j.tck.rules.servers;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 9 of SPEC.md, in parts; a new part is one line here. */
public final class ServerChapter {

  private static final String TITLE = "TCP server";

  private ServerChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(9, TITLE, ServerListenRules.class, ServerListenRules::new, false),
        new Chapter(9, TITLE, ServerAcceptRules.class, ServerAcceptRules::new, false),
        new Chapter(9, TITLE, ServerLifeRules.class, ServerLifeRules::new, false),
        new Chapter(9, TITLE, ServeForeverRules.class, ServeForeverRules::new, false),
        new Chapter(9, TITLE, ServerAddressRules.class, ServerAddressRules::new, false),
        new Chapter(9, TITLE, ServerBacklogRules.class, ServerBacklogRules::new, false),
        new Chapter(9, TITLE, ServerLimitRules.class, ServerLimitRules::new, false),
        new Chapter(9, TITLE, ServerPlaceRules.class, ServerPlaceRules::new, false));
  }
}
