package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncio4j.spi.transport.ConnectionState.Step;
import org.junit.jupiter.api.Test;

class ConnectionStateTest {

  private final ConnectionState state = new ConnectionState();

  @Test
  void aNewConnectionIsOpenInBothDirections() {
    assertThat(state.isClosing()).isFalse();
    assertThat(state.isLost()).isFalse();
    assertThat(state.mayRead()).isTrue();
    assertThat(state.isOutputEnding()).isFalse();
    assertThat(state.flushed()).isEqualTo(Step.NOTHING);
  }

  @Test
  void closingWithNothingToWriteLosesTheConnectionAtOnce() {
    assertThat(state.close(true)).isEqualTo(Step.LOSE);

    assertThat(state.isLost()).isTrue();
    assertThat(state.mayRead()).isFalse();
  }

  @Test
  void closingWithSomethingToWriteLosesTheConnectionOnceThatIsWritten() {
    assertThat(state.close(false)).isEqualTo(Step.NOTHING);
    assertThat(state.isClosing()).isTrue();
    assertThat(state.isLost()).isFalse();
    assertThat(state.mayRead()).isFalse();

    assertThat(state.flushed()).isEqualTo(Step.LOSE);
    assertThat(state.isLost()).isTrue();
    assertThat(state.flushed()).isEqualTo(Step.NOTHING);
  }

  @Test
  void closingTwiceLosesTheConnectionOnce() {
    assertThat(state.close(true)).isEqualTo(Step.LOSE);
    assertThat(state.close(true)).isEqualTo(Step.NOTHING);
    assertThat(state.lose()).isFalse();
  }

  @Test
  void aConnectionIsLostOnceWhateverFollows() {
    assertThat(state.lose()).isTrue();

    assertThat(state.lose()).isFalse();
    assertThat(state.close(true)).isEqualTo(Step.NOTHING);
    assertThat(state.endOutput(true)).isEqualTo(Step.NOTHING);
    assertThat(state.flushed()).isEqualTo(Step.NOTHING);
  }

  @Test
  void aConnectionThatIsClosingCanStillBeLostAtOnce() {
    state.close(false);

    assertThat(state.lose()).isTrue();
    assertThat(state.flushed()).isEqualTo(Step.NOTHING);
  }

  @Test
  void theOutputEndsAtOnceWhenNothingIsLeftToWrite() {
    assertThat(state.endOutput(true)).isEqualTo(Step.END_OUTPUT);

    assertThat(state.isOutputEnding()).isTrue();
    assertThat(state.isClosing()).isFalse();
    assertThat(state.mayRead()).isTrue();
  }

  @Test
  void theOutputEndsOnceAfterTheRemainingData() {
    assertThat(state.endOutput(false)).isEqualTo(Step.NOTHING);
    assertThat(state.isOutputEnding()).isTrue();

    assertThat(state.flushed()).isEqualTo(Step.END_OUTPUT);
    assertThat(state.flushed()).isEqualTo(Step.NOTHING);
    assertThat(state.endOutput(true)).isEqualTo(Step.NOTHING);
  }

  @Test
  void aConnectionThatIsClosingEndsAsAWholeAndNotItsOutputAlone() {
    state.endOutput(false);
    state.close(false);

    assertThat(state.flushed()).isEqualTo(Step.LOSE);
  }

  @Test
  void theOutputOfAConnectionThatIsClosingIsNotEnded() {
    state.close(false);

    assertThat(state.endOutput(false)).isEqualTo(Step.NOTHING);
    assertThat(state.isOutputEnding()).isFalse();
  }

  @Test
  void theEndOfTheInputLeavesTheOutputOpen() {
    state.endInput();

    assertThat(state.mayRead()).isFalse();
    assertThat(state.isClosing()).isFalse();
    assertThat(state).hasToString("half-open");
  }

  @Test
  void onlyTheSixthDroppedWriteLogsAWarning() {
    for (int i = 0; i < 5; i++) {
      assertThat(state.dropWrite()).as("write %d", i + 1).isFalse();
    }

    assertThat(state.dropWrite()).isTrue();
    assertThat(state.dropWrite()).as("the seventh").isFalse();
  }
}
