package org.asyncio4j.spi.transport;

import java.util.Locale;

/**
 * What one connection may still do, and what follows when something happens to it: the only place
 * that decides about half-close, close, abort and loss. It knows no socket and calls nobody;
 * whoever asks carries out the answer.
 *
 * <p>A connection is open, then perhaps closing (what is buffered is still written), then lost,
 * once. Each direction may end before that: the peer's by its end of file, ours by {@code
 * writeEof}.
 */
final class ConnectionState {

  /** What is to be done now that nothing is left to write. */
  enum Step {
    NOTHING,
    END_OUTPUT,
    LOSE
  }

  /** How many writes to a lost connection are forgiven before each of them is worth a warning. */
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

  /** {@return whether {@code connectionLost} is on its way or was called} */
  boolean isLost() {
    return phase == Phase.LOST;
  }

  /** {@return whether the peer may still be heard} */
  boolean mayRead() {
    return phase == Phase.OPEN && !inputEnded;
  }

  /** {@return whether {@code writeEof} was asked for} */
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
   * @return what to do now
   */
  Step endOutput(boolean flushed) {
    if (phase != Phase.OPEN || output != Output.OPEN) {
      return Step.NOTHING;
    }
    output = Output.ENDING;
    return flushed ? flushed() : Step.NOTHING;
  }

  /**
   * Notes that the application has finished with the connection.
   *
   * @param flushed whether nothing is left to write
   * @return what to do now
   */
  Step close(boolean flushed) {
    if (phase != Phase.OPEN) {
      return Step.NOTHING;
    }
    phase = Phase.CLOSING;
    return flushed ? flushed() : Step.NOTHING;
  }

  /** {@return what to do now that nothing is left to write} Each answer is given once. */
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

  /** {@return whether the connection is lost by this call, and was not before} */
  boolean lose() {
    if (phase == Phase.LOST) {
      return false;
    }
    phase = Phase.LOST;
    return true;
  }

  /**
   * {@return whether to warn of a write that is dropped now, because the connection is lost} Once:
   * who does not look whether the connection lives may write very often.
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
