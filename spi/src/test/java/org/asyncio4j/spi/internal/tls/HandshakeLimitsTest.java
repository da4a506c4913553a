package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.internal.tls.TlsMachine.State;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits on data that a peer sends before the handshake is done, with a chooser of contexts and
 * without.
 */
@HangGuard
class HandshakeLimitsTest {

  private static final int ALERT = 21;

  @Test
  void aRecordIsCountedOnce() {
    HandshakeLimits limits = new HandshakeLimits();
    ByteBuffer record = ByteBuffer.wrap(new byte[] {22, 3, 3, 0, 1, 1});
    for (int look = 0; look < 10 * HandshakeLimits.MAX_RECORDS; look++) {
      assertThatCode(() -> limits.note(record)).doesNotThrowAnyException();
    }
    for (int next = 1; next < HandshakeLimits.MAX_RECORDS; next++) {
      limits.consumed();
      assertThatCode(() -> limits.note(record)).doesNotThrowAnyException();
    }
    limits.consumed();
    assertThatThrownBy(() -> limits.note(record)).hasMessageContaining("512 records");
  }

  @Test
  void longRecordsAreCountedByTheirBytes() {
    HandshakeLimits limits = new HandshakeLimits();
    ByteBuffer header = ByteBuffer.wrap(new byte[] {23, 3, 3, 0x40, 0}); // of 16 KiB
    for (int next = 0; next < 7; next++) {
      assertThatCode(() -> limits.note(header)).doesNotThrowAnyException();
      limits.consumed();
    }
    assertThatThrownBy(() -> limits.note(header)).hasMessageContaining("131072 bytes");
  }

  @Test
  void recordsOfAllTypesAreCounted() {
    for (List<Integer> turns : List.of(List.of(20), List.of(22, 20), List.of(21, 22, 20, 23))) {
      HandshakeLimits limits = new HandshakeLimits();
      for (int next = 0; next < HandshakeLimits.MAX_RECORDS; next++) {
        ByteBuffer record = header(turns.get(next % turns.size()), 1);
        assertThatCode(() -> limits.note(record)).doesNotThrowAnyException();
        limits.consumed();
      }
      assertThatThrownBy(() -> limits.note(header(turns.getFirst(), 1)))
          .hasMessageContaining("512 records");
    }
  }

  @Test
  void bytesOfRecordsOfAllTypesAreCounted() {
    HandshakeLimits limits = new HandshakeLimits();
    for (int next = 0; next < 7; next++) {
      ByteBuffer record = header(20 + next % 4, 16 * 1024);
      assertThatCode(() -> limits.note(record)).doesNotThrowAnyException();
      limits.consumed();
      ByteBuffer small = header(20, 1);
      assertThatCode(() -> limits.note(small)).doesNotThrowAnyException();
      limits.consumed();
    }
    assertThatThrownBy(() -> limits.note(header(22, 16 * 1024 + 300)))
        .hasMessageContaining("131072 bytes");
  }

  private static ByteBuffer header(int type, int length) {
    return ByteBuffer.allocate(5)
        .put((byte) type)
        .putShort((short) 0x303)
        .putShort((short) length)
        .flip();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFinishedHandshakeIsWithinThemHoweverItIsSplit(boolean chooser) throws IOException {
    for (int size : new int[] {1, 2, 64, 400}) {
      TlsMachine server = server(chooser);
      MachinePair.End end = new MachinePair.End(server);
      TlsMachine client = new TlsMachine(engines(MachinePair.trusting(), TlsRole.CLIENT));
      MachinePair.End other = new MachinePair.End(client);
      server.begin();
      client.begin();
      other.run();
      end.hear(ClientHelloReaderTest.splitIntoRecords(other.takeSaid(), Math.max(size, 2)));
      other.hear(end.takeSaid());
      end.hear(other.takeSaid());
      assertThat(end.steps).containsExactly(Step.HANDSHAKE_DONE);
      end.run();
      other.hear(end.takeSaid());
      for (int record = 0; record < 2 * HandshakeLimits.MAX_RECORDS; record++) {
        other.write(new byte[] {1}); // nothing is counted any more
      }
      end.hear(other.takeSaid());
      assertThat(end.heard.size()).isEqualTo(2 * HandshakeLimits.MAX_RECORDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void emptyRecordsAreRefused(boolean chooser) throws IOException {
    for (int type : List.of(20, 21, 22, 23)) {
      expectRefusal(chooser, records(type, 0, 3), 2);
      expectRefusal(chooser, join(record(22, new byte[] {1}), records(type, 0, 1)), 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void longRecordsAreRefused(boolean chooser) throws IOException {
    for (int type : List.of(22, 23)) {
      expectRefusal(chooser, new byte[] {(byte) type, 3, 3, 0x48, 1}, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherTypesAreRefused(boolean chooser) throws IOException {
    for (int type : List.of(0, 20, 23, 24, 99, 128, 255)) {
      expectRefusal(chooser, records(type, 4, 1), 1);
      expectRefusal(chooser, join(record(22, new byte[] {1}), records(type, 4, 1)), 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void longMessagesAreRefused(boolean chooser) throws IOException {
    expectRefusal(chooser, record(22, new byte[] {1, 0, (byte) 0x80, 1}), 1);
  }

  /** A client that never comes to an end is refused after the records that are allowed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tinyRecordsAreRefusedInTheEnd(boolean chooser) throws IOException {
    byte[] begun = record(22, new byte[] {1, 0, (byte) 0x7f, (byte) 0xff});
    byte[] drip = join(begun, records(22, 1, 10_000));
    expectRefusal(chooser, drip, HandshakeLimits.MAX_RECORDS + 1);
    expectRefusal(chooser, records(ALERT, new byte[] {1, 90}, 10_000), 10_000);
  }

  /** Feeds record by record, and looks that one of them is refused, with an alert. */
  private static void expectRefusal(boolean chooser, byte[] said, int atMost) throws IOException {
    TlsMachine server = server(chooser);
    MachinePair.End end = new MachinePair.End(server);
    server.begin();
    assertThatThrownBy(
            () -> {
              int records = 0;
              for (int at = 0; at < said.length; ) {
                int length =
                    Math.min(
                        5 + HandshakeLimits.lengthOf(ByteBuffer.wrap(said), at), said.length - at);
                byte[] piece = new byte[length];
                System.arraycopy(said, at, piece, 0, length);
                at += length;
                records++;
                assertThat(records).isLessThanOrEqualTo(atMost);
                end.hear(piece);
              }
            })
        .isInstanceOf(SSLException.class);
    assertThat(server.state()).isEqualTo(State.CLOSED);
    assertThat(end.takeSaid()).as("an alert").startsWith(ALERT, 3, 3, 0, 2);
  }

  private static TlsMachine server(boolean chooser) throws IOException {
    TlsOptions options = MachinePair.serving();
    return new TlsMachine(
        engines(
            chooser ? options.withContextChooser(name -> Optional.empty()) : options,
            TlsRole.SERVER));
  }

  private static TlsEngines engines(TlsOptions options, TlsRole role) throws IOException {
    return new TlsEngines(
        report -> {
          throw new AssertionError(report.toString());
        },
        new ServerSelfTest(),
        options,
        role,
        -1);
  }

  private static byte[] records(int type, int length, int count) {
    return records(type, new byte[length], count);
  }

  private static byte[] records(int type, byte[] fragment, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(record(type, fragment));
    }
    return all.toByteArray();
  }

  private static byte[] record(int type, byte[] fragment) {
    byte[] header = {(byte) type, 3, 3, (byte) (fragment.length >> 8), (byte) fragment.length};
    return join(header, fragment);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
