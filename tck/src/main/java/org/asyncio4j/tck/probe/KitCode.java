package org.asyncio4j.tck.probe;

import java.util.Set;

/** Distinguishes the code of this kit from that of loops, which may be in a package below it. */
public final class KitCode {

  private static final Set<String> PACKAGES =
      Set.of(
          "org.asyncio4j.tck",
          "org.asyncio4j.tck.cli",
          "org.asyncio4j.tck.faults",
          "org.asyncio4j.tck.kit",
          "org.asyncio4j.tck.probe",
          "org.asyncio4j.tck.process",
          "org.asyncio4j.tck.report",
          "org.asyncio4j.tck.rules",
          "org.asyncio4j.tck.run",
          "org.asyncio4j.tck.spec");
  private static final String RULES = "org.asyncio4j.tck.rules.";

  private KitCode() {}

  /** {@return whether a stack trace taken here contains a line of the kit} */
  public static boolean isAt(StackTraceElement element) {
    String name = element.getClassName();
    return PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))
        || name.startsWith(RULES);
  }
}
