package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

/** What happens to a connection. */
public sealed interface ConnectionPlan {

  /** It is accepted and reset at once. The target does not notice it. */
  record Refused() implements ConnectionPlan {}

  /**
   * It is relayed.
   *
   * @param toTarget what happens to what the caller sends
   * @param toCaller what happens to what the target sends
   */
  record Relayed(LinePlan toTarget, LinePlan toCaller) implements ConnectionPlan {

    /** Checks the components. */
    public Relayed {
      requireNonNull(toTarget, "toTarget");
      requireNonNull(toCaller, "toCaller");
    }
  }

  /** {@return a connection that is relayed without changes} */
  static ConnectionPlan faithful() {
    return new Relayed(LinePlan.faithful(), LinePlan.faithful());
  }
}
