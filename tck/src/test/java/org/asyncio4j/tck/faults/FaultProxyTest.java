package org.asyncio4j.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, seen by plain sockets. */
@Timeout(60)
final class FaultProxyTest {

  private static final int QUIET_MILLIS = 50;

  @Test
  void aFaithfulRelayHandsOnBytesAndEndsBothWays() throws IOException {
    try (Ends ends = Ends.faithful()) {
      Ends.send(ends.caller(), "question");
      ends.caller().shutdownOutput();
      assertThat(Ends.receiveAll(ends.target())).isEqualTo("question, end");

      Ends.send(ends.target(), "answer");
      ends.target().close();
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo("answer, end");
    }
  }

  @Test
  void aResetIsRelayedInBothDirections() throws IOException {
    try (Ends ends = Ends.faithful()) {
      Ends.reset(ends.caller());
      assertThat(Ends.receiveAll(ends.target())).isEqualTo(", reset");
    }
    try (Ends ends = Ends.faithful()) {
      Ends.reset(ends.target());
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @Test
  void aResetIsRelayedToWhomNobodyListens() throws IOException {
    try (Ends ends = Ends.faithful()) {
      Flood ofCaller = Flood.at(ends.caller());
      ofCaller.untilStandstill();

      Ends.reset(ends.target());

      assertThat(ofCaller.failure()).isPresent();
    }
  }

  @Test
  void aHangUpIsTold() throws IOException {
    try (Ends ends = Ends.faithful()) {
      Ends.send(ends.target(), "last words");
      ends.target().close();
      assertThat(Ends.receive(ends.caller(), 10)).isEqualTo("last words");

      Flood ofCaller = Flood.at(ends.caller());

      assertThat(ofCaller.failure()).isPresent();
    }
  }

  @Test
  void aReceiverThatDoesNotReadHoldsUpTheSender() throws IOException {
    try (Ends ends = Ends.faithful()) {
      Flood flood = Flood.at(ends.caller());
      long sent = flood.untilStandstill();

      assertThat(sent).isPositive().isLessThan(Flood.MOST_BYTES);
      ends.target().getInputStream().skipNBytes(Flood.MOST_BYTES);
      assertThat(flood.failure()).isEmpty();
    }
  }

  @Test
  void aDelayedPieceComesLate() throws IOException {
    Duration pause = Duration.ofMillis(30);
    try (Ends ends = Ends.of(LinePlan.faithful().withPace(new Pace.Delayed(pause, 1)))) {
      long start = System.nanoTime();
      Ends.send(ends.caller(), "late");

      assertThat(Ends.receive(ends.target(), 4)).isEqualTo("late");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(pause.toNanos());
    }
  }

  @Test
  void aSplitPieceComesAlone() throws IOException {
    Pace split = new Pace.Split(1, 1, Duration.ofHours(1), 0);
    try (Ends ends = Ends.of(LinePlan.faithful().withPace(split))) {
      Ends.send(ends.caller(), "alone");

      assertThat(ends.target().getInputStream().read(new byte[5])).isEqualTo(1);
      ends.target().setSoTimeout(QUIET_MILLIS);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> ends.target().getInputStream().read());
    }
  }

  @Test
  void piecesComeTogetherThatAreCoalesced() throws IOException {
    Pace coalesced = new Pace.Coalesced(Duration.ofMillis(500), 1);
    try (Ends ends = Ends.of(LinePlan.faithful().withPace(coalesced))) {
      for (String piece : new String[] {"a", "b", "c"}) {
        Ends.send(ends.caller(), piece);
      }

      assertThat(ends.target().getInputStream().read(new byte[9])).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 5000})
  void everyByteArrivesInOrderHoweverItIsSplit(int mostBytes) throws IOException {
    byte[] sent = new byte[1 << 20];
    new Random(mostBytes).nextBytes(sent);
    Pace split = new Pace.Split(mostBytes, 500, Duration.ZERO, 42);
    try (Ends ends = Ends.of(LinePlan.faithful().withPace(split))) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  ends.caller().getOutputStream().write(sent);
                  ends.caller().shutdownOutput();
                } catch (IOException failed) {
                  throw new IllegalStateException(failed);
                }
              },
              task -> Thread.ofVirtual().start(task));

      byte[] heard = ends.target().getInputStream().readAllBytes();
      sending.join();
      assertThat(Arrays.mismatch(sent, heard)).isEqualTo(-1);
    }
  }

  @Test
  void aResetComesAfterSoManyBytesToBothEnds() throws IOException {
    try (Ends ends = Ends.of(LinePlan.faithful().withEnding(new Ending.Reset(3)))) {
      Ends.send(ends.caller(), "abcdef");

      assertThat(Ends.receiveAll(ends.target())).isEqualTo("abc, reset");
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @Test
  void anEndComesAfterSoManyBytesAndTheAnswerIsHeard() throws IOException {
    try (Ends ends = Ends.of(LinePlan.faithful().withEnding(new Ending.HalfClose(3)))) {
      Ends.send(ends.caller(), "abcdef");
      assertThat(Ends.receiveAll(ends.target())).isEqualTo("abc, end");

      Ends.send(ends.target(), "answer");
      assertThat(Ends.receive(ends.caller(), 6)).isEqualTo("answer");
    }
  }

  @Test
  void aBlackholeSwallowsBytesAndTheEnd() throws IOException {
    try (Ends ends = Ends.of(LinePlan.faithful().withEnding(new Ending.Blackhole(3)))) {
      Ends.send(ends.caller(), "abcdef");
      ends.caller().shutdownOutput();
      assertThat(Ends.receive(ends.target(), 3)).isEqualTo("abc");

      ends.target().setSoTimeout(QUIET_MILLIS);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> ends.target().getInputStream().read());
      Ends.send(ends.target(), "answer");
      assertThat(Ends.receive(ends.caller(), 6)).isEqualTo("answer");
    }
  }

  @Test
  void aConnectionThatIsRefusedIsReset() throws IOException {
    try (Ends ends = Ends.refused()) {
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @Test
  void theLogTellsThePlans() throws IOException {
    try (Ends ends = Ends.of(LinePlan.faithful().withEnding(new Ending.Reset(3)))) {
      assertThat(ends.proxy().log())
          .singleElement()
          .asString()
          .contains("connection 0", "Reset[afterBytes=3]", "Straight[]", "Faithful[]");
    }
  }

  @Test
  void nothingIsLeftHoweverAConnectionStands() throws IOException {
    try (Ends first = Ends.faithful()) {
      Ends.send(first.caller(), "the JDK opens what it opens only once");
    }
    Remains before = Remains.now();
    for (int state = 0; state < 6; state++) {
      Pace pace = state == 0 ? new Pace.Delayed(Duration.ofHours(1), 9) : new Pace.Straight();
      Ending ending = state == 1 ? new Ending.Blackhole(2) : new Ending.Faithful();
      try (Ends ends = Ends.of(new LinePlan(pace, ending))) {
        Ends.send(ends.caller(), "half a word");
        switch (state) {
          case 2 -> Flood.at(ends.caller()).untilStandstill();
          case 3 -> Ends.reset(ends.caller());
          case 4 -> ends.target().shutdownOutput();
          default -> {}
        }
      }
    }
    assertThat(Remains.now().since(before)).isEmpty();
  }
}
