package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

/**
 * What happens in one direction of a connection.
 *
 * @param pace how bytes are passed on
 * @param ending how the line ends
 */
public record LinePlan(Pace pace, Ending ending) {

  /** Checks the components. */
  public LinePlan {
    requireNonNull(pace, "pace");
    requireNonNull(ending, "ending");
  }

  /** {@return a line that passes on everything without changes} */
  public static LinePlan faithful() {
    return new LinePlan(new Pace.Straight(), new Ending.Faithful());
  }

  /**
   * Returns this plan with another pace.
   *
   * @param changed how bytes are passed on
   * @return the plan
   */
  public LinePlan withPace(Pace changed) {
    return new LinePlan(changed, ending);
  }

  /**
   * Returns this plan with another ending.
   *
   * @param changed how the line ends
   * @return the plan
   */
  public LinePlan withEnding(Ending changed) {
    return new LinePlan(pace, changed);
  }
}
