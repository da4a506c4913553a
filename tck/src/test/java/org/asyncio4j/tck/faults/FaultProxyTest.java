package org.asyncio4j.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault, seen by plain sockets. */
@Timeout(60)
final class FaultProxyTest {

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aFaithfulRelayHandsOnBytesAndEndsBothWays(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.faithful(family)) {
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
    try (Ends ends = Ends.faithful(StandardProtocolFamily.INET)) {
      Ends.reset(ends.caller());
      assertThat(Ends.receiveAll(ends.target())).isEqualTo(", reset");
    }
    try (Ends ends = Ends.faithful(StandardProtocolFamily.INET)) {
      Ends.reset(ends.target());
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aResetIsRelayedToAClosedPort(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.faithful(family)) {
      Flood ofCaller = Flood.at(ends.caller());
      ofCaller.untilStandstill();

      Ends.reset(ends.target());

      assertThat(ofCaller.failure()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aHangUpIsReported(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.faithful(family)) {
      Ends.send(ends.target(), "last words");
      ends.target().close();
      assertThat(Ends.receive(ends.caller(), 10)).isEqualTo("last words");

      Flood ofCaller = Flood.at(ends.caller());

      assertThat(ofCaller.failure()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aReceiverThatDoesNotReadDelaysTheSender(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.faithful(family)) {
      Flood flood = Flood.at(ends.caller());
      long sent = flood.untilStandstill();

      assertThat(sent).isPositive().isLessThan(Flood.MOST_BYTES);
      Channels.newInputStream(ends.target()).skipNBytes(Flood.MOST_BYTES);
      assertThat(flood.failure()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aDelayedPieceComesLate(StandardProtocolFamily family) throws IOException {
    Duration pause = Duration.ofMillis(30);
    try (Ends ends = Ends.of(family, LinePlan.faithful().withPace(new Pace.Delayed(pause, 1)))) {
      long start = System.nanoTime();
      Ends.send(ends.caller(), "late");

      assertThat(Ends.receive(ends.target(), 4)).isEqualTo("late");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(pause.toNanos());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aSplitPieceComesAlone(StandardProtocolFamily family) throws IOException {
    Pace split = new Pace.Split(1, 1, Duration.ofHours(1), 0);
    try (Ends ends = Ends.of(family, LinePlan.faithful().withPace(split))) {
      Ends.send(ends.caller(), "alone");

      assertThat(Ends.receiveOnce(ends.target())).isEqualTo(1);
      Ends.expectQuiet(ends.target());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void piecesComeTogetherThatAreCoalesced(StandardProtocolFamily family) throws IOException {
    boolean inTime = false;
    while (!inTime) { // on a busy machine the pause may end before all was sent
      inTime = sendsWhileGathering(family);
    }
  }

  private static boolean sendsWhileGathering(StandardProtocolFamily family) throws IOException {
    Pace coalesced = new Pace.Coalesced(Duration.ofMillis(500), 2);
    try (Ends ends = Ends.of(family, LinePlan.faithful().withPace(coalesced))) {
      Ends.send(ends.caller(), "a");
      while (!isGathering()) {
        assertThat(Thread.currentThread().isInterrupted()).as("too late").isFalse();
      }
      Ends.send(ends.caller(), "b");
      Ends.send(ends.caller(), "c");
      if (!isGathering()) {
        return false;
      }
      assertThat(Ends.receiveOnce(ends.target())).isEqualTo(3);
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({"INET, 1", "INET, 7", "INET, 5000", "UNIX, 1", "UNIX, 7", "UNIX, 5000"})
  void everyByteArrivesInOrderHoweverItIsSplit(StandardProtocolFamily family, int mostBytes)
      throws IOException {
    byte[] sent = new byte[1 << 20];
    new Random(mostBytes).nextBytes(sent);
    Pace split = new Pace.Split(mostBytes, 500, Duration.ZERO, 42);
    try (Ends ends = Ends.of(family, LinePlan.faithful().withPace(split))) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Channels.newOutputStream(ends.caller()).write(sent);
                  ends.caller().shutdownOutput();
                } catch (IOException failed) {
                  throw new IllegalStateException(failed);
                }
              },
              task -> Thread.ofVirtual().start(task));

      byte[] heard = Channels.newInputStream(ends.target()).readAllBytes();
      sending.join();
      assertThat(Arrays.mismatch(sent, heard)).isEqualTo(-1);
    }
  }

  @Test
  void aResetComesAfterTheGivenBytesToBothEnds() throws IOException {
    try (Ends ends =
        Ends.of(StandardProtocolFamily.INET, LinePlan.faithful().withEnding(new Ending.Reset(3)))) {
      Ends.send(ends.caller(), "abcdef");

      assertThat(Ends.receiveAll(ends.target())).isEqualTo("abc, reset");
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void anEndComesAfterTheGivenBytesAndTheResponseArrives(StandardProtocolFamily family)
      throws IOException {
    try (Ends ends = Ends.of(family, LinePlan.faithful().withEnding(new Ending.HalfClose(3)))) {
      Ends.send(ends.caller(), "abcdef");
      assertThat(Ends.receiveAll(ends.target())).isEqualTo("abc, end");

      Ends.send(ends.target(), "answer");
      assertThat(Ends.receive(ends.caller(), 6)).isEqualTo("answer");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aBlackholeSwallowsBytesAndTheEnd(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.of(family, LinePlan.faithful().withEnding(new Ending.Blackhole(3)))) {
      Ends.send(ends.caller(), "abcdef");
      ends.caller().shutdownOutput();
      assertThat(Ends.receive(ends.target(), 3)).isEqualTo("abc");

      Ends.expectQuiet(ends.target());
      Ends.send(ends.target(), "answer");
      assertThat(Ends.receive(ends.caller(), 6)).isEqualTo("answer");
    }
  }

  @Test
  void aResetReachesTheEndOfAUnixSocketWhoseBytesWereNotRead() throws IOException {
    LinePlan plan = LinePlan.faithful().withEnding(new Ending.Reset(3));
    try (Ends ends = Ends.of(StandardProtocolFamily.UNIX, plan)) {
      Ends.send(ends.caller(), "abcdef");

      assertThat(Ends.receiveAll(ends.target())).isEqualTo("abc, end");
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @Test
  void aResetOfAUnixSocketIsRelayedAsAHangUp() throws IOException {
    try (Ends ends = Ends.faithful(StandardProtocolFamily.UNIX)) {
      Ends.send(ends.target(), "not all of this is read");
      assertThat(Ends.receive(ends.caller(), 3)).isEqualTo("not");
      ends.caller().close();

      assertThat(Ends.receiveAll(ends.target())).isEqualTo(", end");
      assertThat(Flood.at(ends.target()).failure()).isPresent();
    }
  }

  @Test
  void aUnixSocketThatIsRefusedIsClosed() throws IOException {
    try (Ends ends = Ends.refused(StandardProtocolFamily.UNIX)) {
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", end");
    }
  }

  @Test
  void aRelayIsClosedWhileItWaitsForItsTarget() throws IOException {
    // A backlog of one takes two at most; the relay holds the third until a connection is accepted.
    try (Ends ends = Ends.faithful(StandardProtocolFamily.UNIX);
        SocketChannel _ = SocketChannel.open(ends.proxy().address());
        SocketChannel _ = SocketChannel.open(ends.proxy().address());
        SocketChannel third = SocketChannel.open(ends.proxy().address())) {
      while (ends.proxy().log().size() < 4) {
        Thread.onSpinWait();
      }
      ends.proxy().close();
      assertThat(Ends.receiveAll(third)).isEqualTo(", end");
    }
  }

  @Test
  void aConnectionThatComesWhileARelayIsClosedIsNotLeft() throws IOException {
    try (ServerSocketChannel target = ServerSocketChannel.open().bind(null)) {
      Remains before = Remains.now();
      for (int round = 0; round < 300; round++) {
        FaultProxy proxy =
            FaultProxy.to(target.getLocalAddress(), number -> new ConnectionPlan.Refused());
        try (proxy;
            SocketChannel _ = SocketChannel.open(proxy.address())) {
          proxy.close();
        }
      }
      assertThat(Remains.now().since(before)).isEmpty();
    }
  }

  @Test
  void theFileOfARelayGoesWithIt() throws IOException {
    Path file;
    try (Ends ends = Ends.faithful(StandardProtocolFamily.UNIX)) {
      file = ((UnixDomainSocketAddress) ends.proxy().address()).getPath();
      assertThat(file).exists();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aConnectionThatIsRefusedIsReset() throws IOException {
    try (Ends ends = Ends.refused(StandardProtocolFamily.INET)) {
      assertThat(Ends.receiveAll(ends.caller())).isEqualTo(", reset");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void theLogContainsThePlans(StandardProtocolFamily family) throws IOException {
    try (Ends ends = Ends.of(family, LinePlan.faithful().withEnding(new Ending.Reset(3)))) {
      assertThat(ends.proxy().log())
          .singleElement()
          .asString()
          .contains("connection 0", "Reset[afterBytes=3]", "Straight[]", "Faithful[]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void nothingIsLeftHoweverAConnectionStands(StandardProtocolFamily family) throws IOException {
    try (Ends first = Ends.faithful(family)) {
      Ends.send(first.caller(), "the JDK opens what it opens only once");
    }
    Remains before = Remains.now();
    for (int state = 0; state < 6; state++) {
      Pace pace = state == 0 ? new Pace.Delayed(Duration.ofHours(1), 9) : new Pace.Straight();
      Ending ending = state == 1 ? new Ending.Blackhole(2) : new Ending.Faithful();
      try (Ends ends = Ends.of(family, new LinePlan(pace, ending))) {
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

  /** Whether a relay has received data and waits for more. */
  private static boolean isGathering() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("fault-line"))
        .anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }
}
