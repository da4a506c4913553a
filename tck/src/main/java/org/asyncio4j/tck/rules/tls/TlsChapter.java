package org.asyncio4j.tck.rules.tls;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 17 of SPEC.md, in parts; a new part is one line here. */
public final class TlsChapter {

  private static final String TITLE = "TLS";

  private TlsChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(17, TITLE, TlsHandshakeRules.class, TlsHandshakeRules::new, false),
        new Chapter(17, TITLE, TlsStreamRules.class, TlsStreamRules::new, false),
        new Chapter(17, TITLE, TlsClosingRules.class, TlsClosingRules::new, false),
        new Chapter(17, TITLE, StartTlsRules.class, StartTlsRules::new, false),
        new Chapter(17, TITLE, StreamTlsRules.class, StreamTlsRules::new, false),
        new Chapter(17, TITLE, StartTlsLossRules.class, StartTlsLossRules::new, false),
        new Chapter(17, TITLE, TlsLimitRules.class, TlsLimitRules::new, false),
        new Chapter(17, TITLE, TlsMistakeRules.class, TlsMistakeRules::new, false));
  }
}
