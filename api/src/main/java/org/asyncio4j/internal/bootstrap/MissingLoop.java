package org.asyncio4j.internal.bootstrap;

/** Internal; not for use outside asyncio4j. The error of a program without a usable event loop. */
public final class MissingLoop {

  /**
   * Advice for messages: how to keep the services files of all jars when they are merged into one.
   */
  public static final String MERGE_SERVICES =
      "merge the files in META-INF/services when several jars are made one"
          + " (maven-shade: ServicesResourceTransformer; Gradle shadow: mergeServiceFiles())";

  private MissingLoop() {}

  /**
   * Returns an error that names the remedy for the class path and the module path.
   *
   * @param reason why there is no loop
   * @return the error, to be thrown
   */
  public static IllegalStateException because(String reason) {
    return new IllegalStateException(
        "cannot find an event loop: %s; add asyncio4j-loop-nio to the class path or the module path, or to a jlink image with --add-modules org.asyncio4j.loop.nio"
            .formatted(reason));
  }

  /** {@return the error of a program that has no loop at all} */
  public static IllegalStateException because() {
    return because("none is on the class path or the module path");
  }
}
