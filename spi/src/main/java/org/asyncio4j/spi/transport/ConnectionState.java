package org.asyncio4j.spi.transport;

import java.util.Locale;

/**
 * The state machine of one connection: the only place that decides about half-close, close, abort
 * and loss. It knows no socket and makes no calls; its caller carries out the steps that it
 * returns.
 *
 * <p>A connection is open, then perhaps closing (buffered bytes are still written), then lost,
 * once. Each direction may end before that: the peer's by its end of file, ours by {@code
 * writeEof}.
 */
final class ConnectionState {

  /** The next step when nothing is left to write. */
  enum Step {
    NOTHING,
    END_OUTPUT,
    LOSE
  }

  /** The number of writes to a lost connection that are dropped without a warning. */
  static final int SILENT_DROPS = 5;

  private enum Phase {
    OPEN,
    CLOSING,
    LOST
  }

  private enum Output {
    OPEN,
    ENDING,
    ENDED
  }

  private Phase phase = Phase.OPEN;
  private Output output = Output.OPEN;
  private boolean inputEnded;
  private int drops;

  /** {@return whether the connection was closed, aborted or lost} */
  boolean isClosing() {
    return phase != Phase.OPEN;
  }

  /** {@return whether {@code connectionLost} was scheduled or called} */
  boolean isLost() {
    return phase == Phase.LOST;
  }

  /** {@return whether data may still be received from the peer} */
  boolean mayRead() {
    return phase == Phase.OPEN && !inputEnded;
  }

  /** {@return whether {@code writeEof} was requested} */
  boolean isOutputEnding() {
    return output != Output.OPEN;
  }

  /** Notes that the peer will send no more. */
  void endInput() {
    inputEnded = true;
  }

  /**
   * Notes that no more will be written.
   *
   * @param flushed whether nothing is left to write
   * @return the next step
   */
  Step endOutput(boolean flushed) {
    if (phase != Phase.OPEN || output != Output.OPEN) {
      return Step.NOTHING;
    }
    output = Output.ENDING;
    return flushed ? flushed() : Step.NOTHING;
  }

  /**
   * Notes that the application has closed the connection.
   *
   * @param flushed whether nothing is left to write
   * @return the next step
   */
  Step close(boolean flushed) {
    if (phase != Phase.OPEN) {
      return Step.NOTHING;
    }
    phase = Phase.CLOSING;
    return flushed ? flushed() : Step.NOTHING;
  }

  /** {@return the next step, now that nothing is left to write} Each step is returned once. */
  Step flushed() {
    if (phase == Phase.CLOSING) {
      phase = Phase.LOST;
      return Step.LOSE;
    }
    if (phase == Phase.OPEN && output == Output.ENDING) {
      output = Output.ENDED;
      return Step.END_OUTPUT;
    }
    return Step.NOTHING;
  }

  /** {@return whether this call made the connection lost} */
  boolean lose() {
    if (phase == Phase.LOST) {
      return false;
    }
    phase = Phase.LOST;
    return true;
  }

  /**
   * {@return whether to warn of a write that is dropped because the connection is lost} Only once,
   * because a program that does not check the connection may write very often.
   */
  boolean dropWrite() {
    if (drops > SILENT_DROPS) {
      return false;
    }
    drops++;
    return drops > SILENT_DROPS;
  }

  @Override
  public String toString() {
    return phase == Phase.OPEN && inputEnded ? "half-open" : phase.name().toLowerCase(Locale.ROOT);
  }
}
