package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncio4j.net.WriteBufferLimits;
import org.junit.jupiter.api.Test;

class FlowControlTest {

  private final FlowControl flow = new FlowControl();

  @Test
  void startsWithTheDefaultLimits() {
    assertThat(flow.limits()).isEqualTo(WriteBufferLimits.defaults());
  }

  @Test
  void pausesAboveTheHighWaterMarkAndNotAtIt() {
    flow.setLimits(new WriteBufferLimits(2, 10));

    assertThat(flow.pausesAt(10)).isFalse();
    assertThat(flow.pausesAt(11)).isTrue();
  }

  @Test
  void pausesOnceUntilItHasResumed() {
    flow.setLimits(new WriteBufferLimits(2, 10));

    assertThat(flow.pausesAt(11)).isTrue();
    assertThat(flow.pausesAt(12)).isFalse();
    assertThat(flow.resumesAt(0)).isTrue();
    assertThat(flow.resumesAt(0)).isFalse();
    assertThat(flow.pausesAt(11)).isTrue();
  }

  @Test
  void resumesAtTheLowWaterMarkAndNotAboveIt() {
    flow.setLimits(new WriteBufferLimits(2, 10));
    flow.pausesAt(11);

    assertThat(flow.resumesAt(3)).isFalse();
    assertThat(flow.resumesAt(2)).isTrue();
  }

  @Test
  void doesNotResumeUnlessPaused() {
    assertThat(flow.resumesAt(0)).isFalse();
  }

  @Test
  void aHighWaterMarkOfZeroPausesWheneverThereIsAnything() {
    flow.setLimits(WriteBufferLimits.ofHigh(0));

    assertThat(flow.pausesAt(0)).isFalse();
    assertThat(flow.pausesAt(1)).isTrue();
    assertThat(flow.resumesAt(1)).isFalse();
    assertThat(flow.resumesAt(0)).isTrue();
  }
}
