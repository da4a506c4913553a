package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.Test;

class SocketWatchTest {

  private final ScriptedDriver driver = new ScriptedDriver();
  private final ScriptedStream socket = driver.connected();
  private final SocketWatch watch = new SocketWatch(driver, socket, ready -> {});

  @Test
  void takesItsPlaceInThePollerWhenThereIsSomethingToWatchFor() throws IOException {
    watch.watch(Interest.WRITE, false);
    assertThat(socket.interests).isEmpty();

    watch.watch(Interest.WRITE, true);
    watch.watch(Interest.READ, true);
    watch.watch(Interest.WRITE, false);
    watch.watch(Interest.READ, false);

    assertThat(socket.interests)
        .containsExactly(
            Interest.WRITE, Interest.READ | Interest.WRITE, Interest.READ, Interest.NONE);
  }

  @Test
  void asksThePollerOnlyForChanges() throws IOException {
    watch.watch(Interest.READ, true);
    watch.watch(Interest.READ, true);
    watch.watch(Interest.WRITE, false);

    assertThat(socket.interests).containsExactly(Interest.READ);
  }

  @Test
  void watchesForNothingOnceItIsCancelled() throws IOException {
    watch.watch(Interest.READ, true);

    watch.cancel();
    watch.cancel();
    watch.watch(Interest.WRITE, true);

    assertThat(socket.interests).containsExactly(Interest.READ, Interest.NONE);
    assertThat(driver.changesAfterCancel).isZero();
  }

  @Test
  void watchesForNothingIfItIsCancelledBeforeItBegan() throws IOException {
    watch.cancel();
    watch.watch(Interest.READ, true);

    assertThat(socket.interests).isEmpty();
  }
}
