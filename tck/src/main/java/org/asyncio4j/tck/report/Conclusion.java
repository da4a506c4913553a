package org.asyncio4j.tck.report;

/** What a whole run has shown. */
public enum Conclusion {
  /** Everything that was asked for was judged, and no rule is broken. */
  CONFORMS(0),

  /** A rule is broken, or a declared deviation is out of date. */
  VIOLATES(1),

  /** No rule is broken, but not everything that was asked for was judged. */
  NOT_JUDGED(3);

  private final int exitCode;

  Conclusion(int exitCode) {
    this.exitCode = exitCode;
  }

  /** {@return the exit code of the command line} */
  public int exitCode() {
    return exitCode;
  }
}
