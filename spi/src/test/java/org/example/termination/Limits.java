package org.example.termination;

import java.time.Duration;
import org.asyncio4j.RunnerOptions;

/** How long a program may take to end after SIGTERM. */
final class Limits {

  static final RunnerOptions HURRIED =
      RunnerOptions.defaults().withTerminationLimit(Duration.ofMillis(300));

  // Never in a hurry: a busy machine must not cut off what ends by itself.
  static final RunnerOptions PATIENT =
      RunnerOptions.defaults().withTerminationLimit(Duration.ofMinutes(5));

  private Limits() {}
}
