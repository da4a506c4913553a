package org.asyncio4j.tck.rules.sockets;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 20 of SPEC.md, in parts; a new part is one line here. */
public final class SocketChapter {

  private static final String TITLE = "Sockets";

  private SocketChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(20, TITLE, SocketStreamRules.class, SocketStreamRules::new, false),
        new Chapter(20, TITLE, SocketWaitRules.class, SocketWaitRules::new, false),
        new Chapter(20, TITLE, SocketLifeRules.class, SocketLifeRules::new, false),
        new Chapter(20, TITLE, SocketUseRules.class, SocketUseRules::new, false),
        new Chapter(20, TITLE, WatchRules.class, WatchRules::new, false),
        new Chapter(20, TITLE, SendFileRules.class, SendFileRules::new, false),
        new Chapter(20, TITLE, SendFileFailureRules.class, SendFileFailureRules::new, false),
        new Chapter(20, TITLE, SocketMemoryRules.class, SocketMemoryRules::new, false));
  }
}
