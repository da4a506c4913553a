package org.asyncio4j.tck.rules.datagrams;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapter 18 of SPEC.md, in parts; a new part is one line here. */
public final class DatagramChapter {

  private static final String TITLE = "UDP";

  private DatagramChapter() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(18, TITLE, UdpEndpointRules.class, UdpEndpointRules::new, false),
        new Chapter(18, TITLE, UdpTransferRules.class, UdpTransferRules::new, false),
        new Chapter(18, TITLE, UdpErrorRules.class, UdpErrorRules::new, false),
        new Chapter(18, TITLE, UdpReuseRules.class, UdpReuseRules::new, false));
  }
}
