package org.asyncio4j.tck.rules.clients;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 8 of SPEC.md, in parts; a new part is one line here. */
public final class ClientChapter {

  private static final String TITLE = "TCP client";

  private ClientChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(8, TITLE, ClientConnectRules.class, ClientConnectRules::new, false),
        new Chapter(8, TITLE, ClientLifeRules.class, ClientLifeRules::new, false),
        new Chapter(8, TITLE, ClientRaceRules.class, ClientRaceRules::new, false));
  }
}
