package org.asyncio4j.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.UnixNetwork;
import org.junit.jupiter.api.Test;

/** What faults make of rules and of their verdicts. */
final class FaultyRunTest {

  private static final EventLoopProvider NIO = new NioEventLoopProvider();

  // Expected events get all the time that they need; waits that must time out are short.
  private static final TckSettings PATIENT =
      TckSettings.defaults()
          .withRuleLimit(Duration.ofMinutes(5))
          .withPatience(Duration.ofMinutes(2))
          .withLeakLimit(Duration.ofMinutes(2));

  @Test
  void aDirectRuleNamesItsReason() {
    assertThat(rule("looksAtTheSocket").direct()).contains("its address");
    assertThat(rule("failsWhateverTheFaults").direct()).isEmpty();
  }

  @Test
  void aDirectRuleRunsWithoutFaults() {
    RuleResult result = run("looksAtTheSocket", Faults.transparent(1));

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aDirectRuleIsNotForDestructiveFaults() {
    RuleResult result = run("looksAtTheSocket", Faults.destructive(1));

    assertThat(result.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(result.message()).contains("its address");
  }

  @Test
  void aRuleMustHoldWithTransparentFaults() {
    RuleResult result = run("failsWhateverTheFaults", Faults.transparent(42));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message())
        .contains("42 but was 41", "transparent faults, seed 42, scene 9.2");
  }

  @Test
  void aRuleNeedNotHoldWithDestructiveFaults() {
    RuleResult result = run("failsWhateverTheFaults", Faults.destructive(42));

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.PASSED);
    assertThat(result.message()).startsWith("survived").contains("42 but was 41");
  }

  @Test
  void aUnixSocketIsReachedThroughARelay() {
    RuleResult result = run("talksOverAUnixSocket", Faults.transparent(1));

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aTaskThatCannotBeCancelledIsDetected() {
    TckSettings settings = PATIENT.withLeakLimit(Duration.ofMillis(500));

    RuleResult result = run("leavesATaskThatDoesNotEnd", settings, Faults.destructive(1));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("tasks that are cancelled");
  }

  private static RuleResult run(String method, Faults faults) {
    return run(method, PATIENT, faults);
  }

  private static RuleResult run(String method, TckSettings settings, Faults faults) {
    return new RuleRunner(settings.withFaults(faults))
        .run(rule(method), Subject.of(NIO, Optional.of(CoroutineMode.CARRIER)).getFirst());
  }

  private static RuleCase rule(String method) {
    return new Chapter(9, "Toys", FaultyToys.class, FaultyToys::new, false)
        .rules().stream()
            .filter(rule -> rule.method().getName().equals(method))
            .findFirst()
            .orElseThrow();
  }

  /** Rules that are easily distinguished. */
  private static final class FaultyToys {

    private final LoopFixture fixture;

    FaultyToys(LoopFixture fixture) {
      this.fixture = fixture;
    }

    @Rule("9.1")
    @Direct("its address")
    void looksAtTheSocket() {
      Expect.equal("the faults", Optional.empty(), fixture.settings().faults());
    }

    @Rule("9.2")
    void failsWhateverTheFaults() {
      Expect.that("there must be faults", fixture.settings().faults().isPresent());
      Expect.equal("the answer", 42, 41);
    }

    @Rule("9.3")
    void leavesATaskThatDoesNotEnd() {
      EventLoop loop = fixture.loop();
      fixture
          .start()
          .perform(() ->
              loop.createTask(() -> {
                try {
                  return loop.createFuture().await();
                } catch (CancelledError ignored) {
                  return loop.createFuture().await();
                }
              }));
    }

    @Rule("9.4")
    void talksOverAUnixSocket() throws IOException {
      UnixNetwork unix = new UnixNetwork(fixture);
      ServerSocketChannel listener = unix.listen(1);
      SocketChannel caller = unix.connect();
      SocketChannel target = unix.accept(listener);

      unix.send("question", caller);
      unix.expectText("question", target);
      unix.send("answer", target);
      unix.expectText("answer", caller);

      Expect.equal("the number of connections on the way", 1, fixture.faults().size());
      Expect.mentions("the fault", fixture.faults().getFirst(), "to " + unix.path());
    }
  }
}
