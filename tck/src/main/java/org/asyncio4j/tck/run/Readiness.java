package org.asyncio4j.tck.run;

/** What a loop is ready for. */
public sealed interface Readiness {

  /** Its rules can run. */
  record Ready() implements Readiness {}

  /**
   * It cannot be judged here, which is not its fault.
   *
   * @param reason why
   */
  record Absent(String reason) implements Readiness {}

  /**
   * It cannot be opened, which breaks the rule about opening; no other rule can run.
   *
   * @param reason why
   */
  record Unopenable(String reason) implements Readiness {}
}
