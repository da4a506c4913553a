package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.internal.tls.TlsMachine.State;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine, without sockets; the bytes come in random pieces, by seeds. */
@HangGuard
class TlsMachineTest {

  private static final List<String> TLS_1_2 = List.of("TLSv1.2");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void dataArrivesIntactInBothDirectionsHoweverItIsSplit(long seed) throws IOException {
    for (List<String> versions : List.of(List.of("TLSv1.3"), TLS_1_2)) {
      Random random = new Random(seed);
      MachinePair pair =
          new MachinePair(
              MachinePair.trusting().withProtocols(versions), MachinePair.serving(), random);
      pair.begin();
      assertThat(pair.client.steps).containsExactly(Step.HANDSHAKE_DONE);
      assertThat(pair.server.steps).containsExactly(Step.HANDSHAKE_DONE);

      byte[] question = noise(random, 200_000);
      byte[] answer = noise(random, 70_000);
      pair.client.write(question);
      pair.server.write(answer);
      pair.exchange();

      assertThat(pair.server.heard.toByteArray()).isEqualTo(question);
      assertThat(pair.client.heard.toByteArray()).isEqualTo(answer);
      assertThat(pair.client.machine.engine().getSession().getProtocol())
          .isEqualTo(versions.getFirst());
    }
  }

  @Test
  void dataWrittenBeforeTheHandshakeIsSentAfterIt() throws IOException {
    MachinePair pair = pair();
    pair.client.machine.keep(ByteBuffer.wrap(new byte[50_000]));
    assertThat(pair.client.machine.pendingBytes()).isEqualTo(50_000);

    pair.begin();

    assertThat(pair.client.machine.pendingBytes()).isZero();
    assertThat(pair.server.heard.size()).isEqualTo(50_000);
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // its memory is used after that
  void memoryThatWasFreedDoesNotCountAsKept() throws IOException {
    MachinePair pair = pair();
    Arena arena = Arena.ofShared();
    ByteBuffer freed = arena.allocate(9).asByteBuffer();
    arena.close();

    assertThatThrownBy(() -> pair.client.machine.keep(freed))
        .isInstanceOf(IllegalStateException.class);

    assertThat(pair.client.machine.pendingBytes()).isZero();
    pair.client.machine.keep(ByteBuffer.wrap(new byte[50]));
    pair.begin();
    assertThat(pair.server.heard.size()).isEqualTo(50);
  }

  @Test
  void closeSendsPendingDataAndThenTheEnd() throws IOException {
    MachinePair pair = pair();
    pair.begin();
    pair.client.machine.keep(ByteBuffer.wrap(new byte[50_000]));
    pair.client.machine.close();
    assertThat(pair.client.machine.state()).isEqualTo(State.FLUSHING);

    pair.exchange();

    assertThat(pair.client.machine.state()).isEqualTo(State.SHUTDOWN);
    assertThat(pair.server.heard.size()).isEqualTo(50_000);
    assertThat(pair.server.steps).containsExactly(Step.HANDSHAKE_DONE, Step.PEER_CLOSED);

    pair.server.machine.close();
    pair.exchange();

    assertThat(pair.server.machine.state()).isEqualTo(State.CLOSED);
    assertThat(pair.client.machine.state()).isEqualTo(State.CLOSED);
    assertThat(pair.client.steps).containsExactly(Step.HANDSHAKE_DONE, Step.ENDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void bothMayCloseAtOnce(String version) throws IOException {
    MachinePair pair =
        new MachinePair(
            MachinePair.trusting().withProtocols(List.of(version)),
            MachinePair.serving(),
            new Random(1));
    pair.begin();
    pair.client.machine.close();
    pair.server.machine.close();

    pair.exchange();

    assertThat(pair.client.machine.state()).isEqualTo(State.CLOSED);
    assertThat(pair.server.machine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void dataReceivedAfterCloseIsDropped() throws IOException {
    MachinePair pair = pair();
    pair.begin();
    pair.client.machine.close();
    pair.client.run();
    pair.server.write(new byte[1000]);

    pair.exchange();

    assertThat(pair.client.heard.size()).isZero();
    assertThat(pair.client.machine.state()).isEqualTo(State.SHUTDOWN);
  }

  @Test
  void closeInTheHandshakeAbandonsIt() throws IOException {
    MachinePair pair = pair();
    pair.client.machine.begin();
    pair.client.machine.close();

    pair.client.run();

    assertThat(pair.client.machine.state()).isEqualTo(State.CLOSED);
    assertThat(pair.client.takeSaid()).isEmpty();
  }

  @Test
  void anUntrustedCertificateFailsBothEnds() throws IOException {
    TlsOptions wary =
        TlsOptions.with(TestContexts.of("client", "stranger")).withServerName("localhost");
    MachinePair pair = new MachinePair(wary, MachinePair.serving(), new Random(1));
    pair.client.machine.begin();
    pair.server.machine.begin();
    pair.client.run();
    pair.server.hear(pair.client.takeSaid());

    byte[] flight = pair.server.takeSaid();
    assertThatThrownBy(() -> pair.client.hear(flight))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("unable to find valid certification path");
    byte[] alert = pair.client.takeSaid();
    assertThat(alert).isNotEmpty();
    assertThatThrownBy(() -> pair.server.hear(alert)).isInstanceOf(SSLException.class);
    assertThat(pair.client.steps).isEmpty();
    assertThat(pair.server.steps).isEmpty();
    assertThat(pair.client.machine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws IOException {
    TlsOptions elsewhere = MachinePair.trusting().withServerName("elsewhere.example");
    MachinePair pair = new MachinePair(elsewhere, MachinePair.serving(), new Random(1));

    assertThatThrownBy(pair::begin)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("elsewhere.example");
  }

  @Test
  void aByteThatIsChangedOnTheWayIsNoticed() throws IOException {
    MachinePair pair = pair();
    pair.begin();
    pair.client.write(new byte[100]);
    byte[] record = pair.client.takeSaid();
    record[record.length - 1] ^= 1;

    assertThatThrownBy(() -> pair.server.hear(record)).isInstanceOf(SSLException.class);
    assertThat(pair.server.heard.size()).isZero();
    assertThat(pair.server.machine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void keysMayBeUpdatedInTheMiddleOfAStream() throws IOException {
    MachinePair pair = pair();
    pair.begin();
    for (int round = 0; round < 3; round++) {
      pair.client.write(new byte[20_000]);
      pair.client.machine.engine().beginHandshake(); // TLS 1.3: a KeyUpdate that asks for another
      pair.client.write(new byte[20_000]);
      pair.server.write(new byte[5_000]);
      pair.exchange();
    }

    assertThat(pair.server.heard.size()).isEqualTo(120_000);
    assertThat(pair.client.heard.size()).isEqualTo(15_000);
    assertThat(pair.client.steps).containsExactly(Step.HANDSHAKE_DONE);
  }

  @Test
  void aHandshakeMayBeRepeatedInTheMiddleOfAStream() throws IOException {
    MachinePair pair =
        new MachinePair(
            MachinePair.trusting().withProtocols(TLS_1_2), MachinePair.serving(), new Random(2));
    pair.begin();
    pair.client.machine.engine().beginHandshake();
    pair.client.write(new byte[40_000]);
    pair.exchange();
    pair.server.write(new byte[20_000]);
    pair.exchange();

    assertThat(pair.server.heard.size()).isEqualTo(40_000);
    assertThat(pair.client.heard.size()).isEqualTo(20_000);
    assertThat(pair.client.machine.pendingBytes()).isZero();
  }

  private static MachinePair pair() throws IOException {
    return new MachinePair(MachinePair.trusting(), MachinePair.serving(), new Random(1));
  }

  private static byte[] noise(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
