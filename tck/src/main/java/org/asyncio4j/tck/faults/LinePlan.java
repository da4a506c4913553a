package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

/**
 * What happens in one direction of a connection.
 *
 * @param pace how bytes are handed on
 * @param ending what becomes of the line in the end
 */
public record LinePlan(Pace pace, Ending ending) {

  /** Checks the components. */
  public LinePlan {
    requireNonNull(pace, "pace");
    requireNonNull(ending, "ending");
  }

  /** {@return a line that does nothing of its own} */
  public static LinePlan faithful() {
    return new LinePlan(new Pace.Straight(), new Ending.Faithful());
  }

  /**
   * Returns this plan with another pace.
   *
   * @param changed how bytes are handed on
   * @return the plan
   */
  public LinePlan withPace(Pace changed) {
    return new LinePlan(changed, ending);
  }

  /**
   * Returns this plan with another ending.
   *
   * @param changed what becomes of the line in the end
   * @return the plan
   */
  public LinePlan withEnding(Ending changed) {
    return new LinePlan(pace, changed);
  }
}
