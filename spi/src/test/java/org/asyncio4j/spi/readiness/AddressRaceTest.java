package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Races of three addresses over a scripted driver: how they end, and cancelled at each step. */
@HangGuard
class AddressRaceTest {

  private static final Duration DELAY = Duration.ofMillis(10);
  private static final int STEPS = 12;

  private final Scenario scenario = new Scenario();
  private final RecordingProtocol protocol = new RecordingProtocol();

  private Task<Connection<RecordingProtocol>> task;

  @AfterEach
  void closeLoop() {
    if (task != null && task.cancel()) {
      scenario.ticks(4);
    }
    scenario.close();
  }

  @Test
  void theNextAddressIsTriedWhenTheDelayHasPassed() {
    start(options());
    assertThat(scenario.driver.streams).hasSize(1);

    pass(DELAY.minusNanos(1));
    assertThat(scenario.driver.streams).hasSize(1);
    pass(Duration.ofNanos(1));

    assertThat(scenario.driver.streams).hasSize(2);
    assertThat(socket(0).isOpen()).isTrue();
  }

  @Test
  void theNextAddressIsTriedAtOnceWhenTheLastOneFails() {
    start(options());
    fail(0);
    scenario.ticks(3);

    assertThat(scenario.driver.streams).hasSize(2);
    assertThat(socket(0).closes).isEqualTo(1);
  }

  @Test
  void withoutADelayAnAddressHasAsLongAsItTakes() {
    start(options().withoutHappyEyeballs());
    pass(Duration.ofHours(1));

    assertThat(scenario.driver.streams).hasSize(1);
  }

  @Test
  void theFirstToConnectWinsAndTheOthersAreClosed() {
    start(options());
    pass(DELAY);
    pass(DELAY);
    assertThat(scenario.driver.streams).hasSize(3);

    socket(1).connectEnded = true;
    scenario.ticks(6);

    assertThat(task.result().protocol()).isSameAs(protocol);
    assertThat(socket(0).closes).isEqualTo(1);
    assertThat(socket(1).isOpen()).isTrue();
    assertThat(socket(2).closes).isEqualTo(1);
  }

  @Test
  void ofTwoThatConnectInTheSameTickOneIsClosed() {
    start(options());
    pass(DELAY);
    socket(0).connectEnded = true;
    socket(1).connectEnded = true;
    scenario.ticks(6);

    assertThat(task.isDone()).isTrue();
    assertThat(socket(0).isOpen()).isTrue();
    assertThat(socket(1).closes).isEqualTo(1);
  }

  @Test
  void allFailuresAreReportedInTheOrderOfTheAddresses() {
    start(options());
    pass(DELAY);
    pass(DELAY);
    fail(2);
    scenario.ticks(2);
    fail(0);
    scenario.ticks(2);
    fail(1);
    scenario.ticks(4);

    assertThat(task.exception().orElseThrow())
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("0:0:0:0:0:0:0:1");
    assertThat(task.exception().orElseThrow().getSuppressed())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            second -> assertThat(second).contains("127.0.0.1"),
            third -> assertThat(third).contains("127.0.0.2"));
    assertThat(scenario.driver.streams).allMatch(each -> each.closes == 1);
  }

  /** One step later each time: between two ticks, and in a tick before the ready callbacks. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelledAtEachStepItClosesEachSocketOnce(boolean inTick) {
    for (int cancelAt = 0; cancelAt <= STEPS; cancelAt++) {
      try (Scenario each = new Scenario()) {
        new CancelledRace(each, cancelAt, inTick).run();
      }
    }
  }

  private static final class CancelledRace {

    private final Scenario scenario;
    private final int cancelAt;
    private final boolean inTick;
    private final RecordingProtocol protocol = new RecordingProtocol();

    CancelledRace(Scenario scenario, int cancelAt, boolean inTick) {
      this.scenario = scenario;
      this.cancelAt = cancelAt;
      this.inTick = inTick;
    }

    void run() {
      Task<Connection<RecordingProtocol>> task =
          scenario.loop.createTask(() -> scenario.loop.createConnection(() -> protocol, options()));
      untilConnecting(scenario);
      for (int step = 0; step < cancelAt; step++) {
        happens(step);
        scenario.tick();
      }
      boolean late = task.isDone();
      if (inTick) {
        scenario.loop.callSoon(task::cancel);
        happens(cancelAt);
      } else {
        task.cancel();
      }
      scenario.ticks(6);

      assertThat(task.isDone()).as("done, cancelled at step %d", cancelAt).isTrue();
      if (task.isCancelled()) {
        assertThat(late).isFalse();
      } else {
        assertThat(task.exception()).isEmpty();
        task.result().transport().abort();
        scenario.ticks(2);
      }
      assertThat(scenario.driver.streams)
          .as("sockets closed once, cancelled at step %d", cancelAt)
          .allMatch(socket -> socket.closes == 1);
      assertThat(protocol.events.contains("made")).isEqualTo(protocol.events.contains("lost"));
    }

    /** The second fails, the first connects, the third is never tried. */
    private void happens(int step) {
      switch (step) {
        case 0, 2 -> scenario.clock.addAndGet(DELAY.toNanos());
        case 1 ->
            ifOpened(
                1,
                socket -> {
                  socket.finishFailure = new ConnectException("refused");
                  socket.connectEnded = true;
                });
        case 4 -> ifOpened(0, socket -> socket.connectEnded = true);
        default -> {}
      }
    }

    private void ifOpened(int index, Consumer<ScriptedStream> action) {
      scenario.driver.streams.stream().skip(index).limit(1).forEach(action);
    }
  }

  private static ConnectOptions options() {
    return ConnectOptions.to("race.example", 7)
        .withHappyEyeballsDelay(DELAY)
        .withNameResolution(NameResolution.defaults().withResolver(AddressRaceTest::resolve));
  }

  private static List<InetAddress> resolve(String host) throws IOException {
    return Stream.of("::1", "127.0.0.1", "127.0.0.2").map(InetAddresses::forString).toList();
  }

  private void start(ConnectOptions options) {
    task = scenario.loop.createTask(() -> scenario.loop.createConnection(() -> protocol, options));
    untilConnecting(scenario);
  }

  /** The resolver runs on its own thread. */
  private static void untilConnecting(Scenario scenario) {
    while (scenario.driver.streams.isEmpty()) {
      scenario.tick();
      Thread.onSpinWait();
    }
  }

  private void pass(Duration time) {
    scenario.clock.addAndGet(time.toNanos());
    scenario.ticks(3);
  }

  private void fail(int index) {
    socket(index).finishFailure = new ConnectException("refused");
    socket(index).connectEnded = true;
  }

  private ScriptedStream socket(int index) {
    return scenario.driver.streams.get(index);
  }
}
