package org.asyncio4j.tck.rules.streams;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 16 of SPEC.md, in parts; a new part is one line here. */
public final class StreamChapter {

  private static final String TITLE = "Streams";

  private StreamChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(16, TITLE, StreamReadRules.class, StreamReadRules::new, false),
        new Chapter(16, TITLE, StreamWriteRules.class, StreamWriteRules::new, false),
        new Chapter(16, TITLE, StreamServerRules.class, StreamServerRules::new, false),
        new Chapter(16, TITLE, ClientFaultRules.class, ClientFaultRules::new, false),
        new Chapter(16, TITLE, ClientGoneRules.class, ClientGoneRules::new, false),
        new Chapter(16, TITLE, HandlerEndRules.class, HandlerEndRules::new, false));
  }
}
