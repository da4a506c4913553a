package org.asyncio4j.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOptionsTest {

  @Test
  void limitIs64KibibytesUnlessChanged() {
    assertThat(StreamOptions.defaults().limitBytes()).isEqualTo(65_536);
    assertThat(StreamOptions.defaults().withLimitBytes(7).limitBytes()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void limitMustBePositive(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamOptions.defaults().withLimitBytes(limit))
        .withMessage("limitBytes must be at least 1: " + limit);
  }
}
