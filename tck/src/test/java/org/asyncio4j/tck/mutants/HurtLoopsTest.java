package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.*;
import org.asyncio4j.tck.faults.*;
import org.asyncio4j.tck.kit.*;
import org.asyncio4j.tck.mutants.harness.Loops;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.run.*;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What destructive faults find out about a loop that no rule asks.
 *
 * <p>The rule itself waits until its connection has ended, so that its loop is hurt before it is
 * judged, however late that is on a busy machine. Waits that must succeed are as good as unlimited;
 * only what is found out by waiting in vain has the limits of every run.
 */
@Timeout(600)
final class HurtLoopsTest {

  private static final String WORDS = "x".repeat(200);

  private static final RuleCase RULE =
      new Chapter(9, "Toys", Toys.class, Toys::new, false).rules().getFirst();

  private static final TckSettings PATIENT =
      TckSettings.defaults()
          .withPatience(Duration.ofMinutes(2))
          .withLeakLimit(Duration.ofMinutes(2))
          .withRuleLimit(Duration.ofMinutes(5));

  private static final TckSettings WAITING_IN_VAIN =
      TckSettings.defaults().withRuleLimit(Duration.ofMinutes(5));

  private final HurtLoops loops = new HurtLoops();
  private final long seed =
      LongStream.iterate(1, seed -> seed + 1).filter(HurtLoopsTest::resets).findFirst().orElse(0);

  /** A rule that talks until its connection ends. */
  static final class Toys {

    private final LoopFixture fixture;
    private final Network network;

    Toys(LoopFixture fixture) {
      this.fixture = fixture;
      this.network = fixture.network();
    }

    @Rule("9.1")
    void everythingArrives() throws IOException {
      ProbeProtocol protocol = new ProbeProtocol();
      ServerSocket listener = network.listen();
      Transport transport = network.connect(listener, protocol);
      Peer peer = network.accept(listener);
      network.perform(() -> transport.write(ByteBuffer.wrap(Network.bytes(WORDS))));
      try {
        peer.expectText(WORDS);
      } finally {
        peer.close();
        fixture.patience().await("the connection must end", protocol.lost());
      }
    }
  }

  @AfterEach
  void free() {
    loops.close();
  }

  @Test
  void theCorrectLoopSurvives() {
    RuleResult result = run(new Loops(), PATIENT.withFaults(Faults.destructive(seed)));

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.PASSED);
    assertThat(result.message()).startsWith("survived");
  }

  @TestFactory
  Stream<DynamicTest> aLoopThatIsHurtIsFoundOut() {
    return Stream.of(
        hurt("leaks a descriptor", loops.leaking(), WAITING_IN_VAIN, "descriptor socket:\\["),
        hurt("stands still", loops.standingStill(), WAITING_IN_VAIN, "must stop when"),
        // It may be awake when it is asked to stop, and then miss the next call.
        hurt(
            "loses its wake-ups",
            loops.deaf(),
            WAITING_IN_VAIN,
            "must (stop when stop\\(\\) is called|run and end)"),
        hurt(
            "reports its peer",
            loops.talkative(),
            PATIENT,
            "Fatal read error on socket transport"));
  }

  private DynamicTest hurt(
      String name, EventLoopProvider loop, TckSettings settings, String finding) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          RuleResult unhurt = run(loop, PATIENT.withFaults(Faults.transparent(seed)));
          assertThat(unhurt.verdict()).as(unhurt.message()).isEqualTo(Verdict.PASSED);

          RuleResult result = run(loop, settings.withFaults(Faults.destructive(seed)));

          assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.FAILED);
          assertThat(result.message())
              .containsPattern(finding)
              .contains("destructive faults, seed " + seed, "Reset[afterBytes=");
        });
  }

  private static RuleResult run(EventLoopProvider provider, TckSettings settings) {
    Subject subject = new Subject(provider, CoroutineMode.CARRIER);
    return new RuleRunner(settings).run(RULE, subject);
  }

  private static boolean resets(long seed) {
    return Faults.destructive(seed).withScene(RULE.id() + "/0").plan(0)
            instanceof ConnectionPlan.Relayed(LinePlan toTarget, LinePlan toCaller)
        && toTarget.ending() instanceof Ending.Reset(long afterBytes)
        && afterBytes > 0
        && afterBytes < WORDS.length()
        && toCaller.ending() instanceof Ending.Faithful;
  }
}
