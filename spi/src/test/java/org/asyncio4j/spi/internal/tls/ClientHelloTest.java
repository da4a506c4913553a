package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.spi.HangGuard;
import org.junit.jupiter.api.Test;

/** What the engine of the JDK says first, read however it is cut. */
@HangGuard
class ClientHelloTest {

  @Test
  void theNameIsFoundOnceAllHasArrived() throws IOException {
    byte[] said = said("Localhost.Example");

    for (int count = 0; count < said.length; count++) {
      assertThat(ClientHello.of(ByteBuffer.wrap(said, 0, count)).isComplete())
          .as("after %d of %d bytes", count, said.length)
          .isFalse();
    }
    ByteBuffer all = ByteBuffer.wrap(said);
    assertThat(ClientHello.of(all))
        .isEqualTo(new ClientHello(true, Optional.of("localhost.example")));
    assertThat(all.position()).isZero();
  }

  @Test
  void theMessageMayComeInSeveralRecords() throws IOException {
    byte[] said = said("localhost");
    for (int size : new int[] {1, 3, 50, 200}) {
      byte[] records = splitIntoRecords(said, size);
      assertThat(ClientHello.of(ByteBuffer.wrap(records, 0, records.length - 1)).isComplete())
          .isFalse();
      assertThat(ClientHello.of(ByteBuffer.wrap(records)).serverName()).contains("localhost");
    }
  }

  @Test
  void aClientNeedNotAskForAName() throws IOException {
    byte[] said = said("127.0.0.1"); // a literal address is not asked for
    assertThat(ClientHello.of(ByteBuffer.wrap(said)))
        .isEqualTo(new ClientHello(true, Optional.empty()));
  }

  @Test
  void whatIsNoTlsIsLeftToTheEngine() {
    assertThat(ClientHello.of(ByteBuffer.wrap("GET / HTTP/1.1".getBytes())).isComplete()).isTrue();
    byte[] otherMessage = {22, 3, 3, 0, 4, 2, 0, 0, 0};
    assertThat(ClientHello.of(ByteBuffer.wrap(otherMessage)).isComplete()).isTrue();
    byte[] endless = {22, 3, 3, 0, 4, 1, (byte) 0xff, 0, 0};
    assertThat(ClientHello.of(ByteBuffer.wrap(endless)).isComplete()).isTrue();
  }

  @Test
  void whateverIsBrokenThrowsNothing() throws IOException {
    byte[] said = said("localhost");
    Random random = new Random(17);
    int names = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = said.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        broken[9 + random.nextInt(broken.length - 9)] = (byte) random.nextInt();
      }
      names += ClientHello.of(ByteBuffer.wrap(broken)).serverName().isPresent() ? 1 : 0;
    }
    assertThat(names).isBetween(1, 19_999);
  }

  private static byte[] said(String name) throws IOException {
    TlsOptions options = TlsOptions.with(TestContexts.of("client", "server")).withServerName(name);
    TlsMachine machine = new TlsMachine(new TlsEngines(report -> {}, options, TlsRole.CLIENT, -1));
    machine.begin();
    ByteBuffer out = ByteBuffer.allocate(machine.recordBytes());
    TlsMachine.Step step = machine.speak(out);
    assertThat(step).isEqualTo(TlsMachine.Step.NEEDS_PEER);
    byte[] said = new byte[out.flip().remaining()];
    out.get(said);
    return said;
  }

  private static byte[] splitIntoRecords(byte[] record, int size) {
    ByteArrayOutputStream split = new ByteArrayOutputStream();
    for (int at = 5; at < record.length; at += size) {
      int count = Math.min(size, record.length - at);
      split.writeBytes(new byte[] {22, 3, 3, (byte) (count >> 8), (byte) count});
      split.write(record, at, count);
    }
    return split.toByteArray();
  }
}
