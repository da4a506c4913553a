package org.asyncio4j.tck.rules.unix;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 19 of SPEC.md, in parts; a new part is one line here. */
public final class UnixChapter {

  private static final String TITLE = "Unix sockets";

  private UnixChapter() {}

  /** {@return the parts about streams, in their order} */
  public static List<Chapter> streams() {
    return List.of(
        new Chapter(19, TITLE, UnixServerRules.class, UnixServerRules::new, false),
        new Chapter(19, TITLE, UnixClientRules.class, UnixClientRules::new, false),
        new Chapter(19, TITLE, UnixBacklogRules.class, UnixBacklogRules::new, false),
        new Chapter(19, TITLE, UnixLimitRules.class, UnixLimitRules::new, false));
  }

  /** {@return the parts about datagrams, in their order} */
  public static List<Chapter> datagrams() {
    return List.of(
        new Chapter(19, TITLE, UnixEndpointRules.class, UnixEndpointRules::new, false),
        new Chapter(19, TITLE, UnixDatagramRules.class, UnixDatagramRules::new, false),
        new Chapter(19, TITLE, UnixMemoryRules.class, UnixMemoryRules::new, false));
  }
}
