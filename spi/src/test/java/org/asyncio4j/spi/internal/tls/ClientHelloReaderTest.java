package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.Test;

/** The first message of the JDK's engine, split in every way. */
@HangGuard
class ClientHelloReaderTest {

  @Test
  void theNameIsFoundOnceAllHasArrived() throws IOException {
    byte[] said = said("Localhost.Example");

    for (int count = 0; count < said.length; count++) {
      assertThat(new ClientHelloReader().read(ByteBuffer.wrap(said, 0, count)))
          .as("after %d of %d bytes", count, said.length)
          .isFalse();
    }
    ByteBuffer all = ByteBuffer.wrap(said);
    assertThat(nameIn(all)).isEqualTo("localhost.example");
    assertThat(all.position()).isZero();
  }

  @Test
  void theMessageMayComeInSeveralRecords() throws IOException {
    byte[] said = said("localhost");
    for (int size : new int[] {1, 3, 50, 200}) {
      byte[] records = splitIntoRecords(said, size);
      assertThat(new ClientHelloReader().read(ByteBuffer.wrap(records, 0, records.length - 1)))
          .isFalse();
      assertThat(nameIn(ByteBuffer.wrap(records))).isEqualTo("localhost");
    }
  }

  /** Bytes that were read are overwritten before the next byte comes, so none is read twice. */
  @Test
  void eachByteIsReadOnceHoweverTheyCome() throws IOException {
    byte[] said = said("localhost");
    for (int size : new int[] {1, 7, 5_000}) {
      byte[] records = splitIntoRecords(said, size);
      ClientHelloReader reader = new ClientHelloReader();
      ByteBuffer received = ByteBuffer.allocate(records.length).limit(0);
      int count = 0;
      while (count < records.length) {
        assertThat(reader.read(received)).isFalse();
        Arrays.fill(received.array(), 0, reader.position(), (byte) 0xff);
        assertThat(count - reader.position()).isLessThan(HandshakeLimits.HEADER_BYTES);
        received.limit(count + 1).put(count, records[count]);
        count++;
      }
      assertThat(reader.read(received)).isTrue();
      assertThat(reader.serverName()).contains("localhost");
    }
  }

  @Test
  void aClientNeedNotAskForAName() throws IOException {
    // A literal address is not asked for.
    assertThat(nameIn(ByteBuffer.wrap(said("127.0.0.1")))).isEmpty();
  }

  @Test
  void bytesThatAreNotTlsAreLeftToTheEngine() {
    assertThat(nameIn("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(nameIn(22, 3, 3, 0, 4, 2, 0, 0, 0)).as("another message").isEmpty();
    assertThat(nameIn(22, 3, 3, 0, 4, 1, 0xff, 0, 0)).as("an endless message").isEmpty();
    assertThat(nameIn(22, 3, 3, 0, 4, 1, 0, 0, 0)).as("an empty message").isEmpty();
    assertThat(nameIn(22, 3, 3, 0, 0)).as("an empty record").isEmpty();
    assertThat(nameIn(22, 3, 3, 0xff, 0)).as("a long record").isEmpty();
    assertThat(nameIn(22, 3, 3, 0, 1, 1, 21, 3, 3, 0, 2)).as("an alert in between").isEmpty();
  }

  @Test
  void emptyRecordsInBetweenEndIt() throws IOException {
    byte[] records = splitIntoRecords(said("localhost"), 50);
    int second = 5 + 50;
    ByteBuffer received =
        ByteBuffer.allocate(records.length + 5)
            .put(records, 0, second)
            .put(new byte[] {22, 3, 3, 0, 0})
            .put(records, second, records.length - second)
            .flip();

    assertThat(nameIn(received)).isEmpty();
  }

  @Test
  void moreRecordsThanAreAllowedAreLeftToTheLimits() {
    byte[] hello = new byte[5 + 1000];
    System.arraycopy(new byte[] {1, 0, 3, (byte) 0xff}, 0, hello, 5, 4); // of 1023 bytes
    byte[] records = splitIntoRecords(hello, 1);
    int allowed = HandshakeLimits.MAX_RECORDS * 6;

    assertThat(new ClientHelloReader().read(ByteBuffer.wrap(records, 0, allowed))).isFalse();
    assertThat(nameIn(ByteBuffer.wrap(records, 0, allowed + 5))).isEmpty();
  }

  @Test
  void malformedMessagesThrowNothing() throws IOException {
    byte[] said = said("localhost");
    Random random = new Random(17);
    int names = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = said.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        broken[9 + random.nextInt(broken.length - 9)] = (byte) random.nextInt();
      }
      names += nameIn(ByteBuffer.wrap(broken)).isEmpty() ? 0 : 1;
    }
    assertThat(names).isBetween(1, 19_999);
  }

  private static String nameIn(int... received) {
    byte[] bytes = new byte[received.length];
    for (int at = 0; at < received.length; at++) {
      bytes[at] = (byte) received[at];
    }
    return nameIn(bytes);
  }

  private static String nameIn(byte[] received) {
    return nameIn(ByteBuffer.wrap(received));
  }

  private static String nameIn(ByteBuffer received) {
    ClientHelloReader reader = new ClientHelloReader();
    assertThat(reader.read(received)).isTrue();
    return reader.serverName().orElse("");
  }

  private static byte[] said(String name) throws IOException {
    TlsOptions options = TlsOptions.with(TestContexts.of("client", "server")).withServerName(name);
    TlsMachine machine =
        new TlsMachine(
            new TlsEngines(report -> {}, new ServerSelfTest(), options, TlsRole.CLIENT, -1));
    machine.begin();
    ByteBuffer out = ByteBuffer.allocate(machine.recordBytes());
    TlsMachine.Step step = machine.speak(out);
    assertThat(step).isEqualTo(TlsMachine.Step.NEEDS_PEER);
    byte[] said = new byte[out.flip().remaining()];
    out.get(said);
    return said;
  }

  static byte[] splitIntoRecords(byte[] record, int size) {
    ByteArrayOutputStream split = new ByteArrayOutputStream();
    for (int at = 5; at < record.length; at += size) {
      int count = Math.min(size, record.length - at);
      split.writeBytes(new byte[] {22, 3, 3, (byte) (count >> 8), (byte) count});
      split.write(record, at, count);
    }
    return split.toByteArray();
  }
}
