package org.asyncio4j.tck.run;

/** Runs rules on loops. */
public interface Examiner extends AutoCloseable {

  /**
   * Returns what a loop is ready for.
   *
   * @param subject the loop, which is opened once
   * @return whether its rules can run
   */
  Readiness readiness(Subject subject);

  /**
   * Runs a rule. A verdict that a busy machine can cause is looked at twice.
   *
   * @param rule the rule
   * @param subject the loop, which can be opened
   * @return the outcome; this method does not throw
   */
  RuleResult examine(RuleCase rule, Subject subject);

  /** Releases what the examiner holds. */
  @Override
  void close();
}
