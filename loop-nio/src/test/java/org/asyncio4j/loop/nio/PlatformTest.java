package org.asyncio4j.loop.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.asyncio4j.spi.Capability;
import org.junit.jupiter.api.Test;

final class PlatformTest {

  private int probes;

  @Test
  void aResultIsKept() {
    Platform platform = new Platform(answering(false), answering(true));

    assertThat(platform.capabilities())
        .contains(Capability.TCP_CLIENT, Capability.UNIX_STREAM)
        .doesNotContain(Capability.REUSE_PORT)
        .isEqualTo(platform.capabilities());
    assertThat(probes).isEqualTo(2);
  }

  @Test
  void aRefusalIsTriedAgain() {
    Platform platform = new Platform(answering(null, true), answering(true, null, true));

    assertThat(platform.capabilities())
        .contains(Capability.UNIX_STREAM)
        .doesNotContain(Capability.REUSE_PORT);
    assertThat(platform.capabilities())
        .contains(Capability.REUSE_PORT)
        .doesNotContain(Capability.UNIX_STREAM);
  }

  @Test
  void onePermanentResultIsEnough() {
    Platform platform = new Platform(answering(null, true, true), answering(null, null, true));

    for (int refused = 0; refused < 2; refused++) {
      assertThat(platform.capabilities()).doesNotContain(Capability.UNIX_STREAM);
    }
    for (int found = 0; found < 2; found++) {
      assertThat(platform.capabilities()).contains(Capability.REUSE_PORT, Capability.UNIX_STREAM);
    }
    assertThat(probes).isEqualTo(6);
  }

  /** Null stands for a socket that is refused. */
  private Platform.Probe answering(Boolean... answers) {
    Deque<List<Boolean>> left = new ArrayDeque<>();
    for (Boolean answer : answers) {
      left.add(answer == null ? List.of() : List.of(answer));
    }
    return () -> {
      probes++;
      return answer(left.pop());
    };
  }

  private static boolean answer(List<Boolean> answer) throws IOException {
    if (answer.isEmpty()) {
      throw new SocketException("Too many open files");
    }
    return answer.getFirst();
  }
}
