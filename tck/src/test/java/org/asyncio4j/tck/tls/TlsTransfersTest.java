package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends much data through TLS and back, to a slow reader. {@code
 * -Dasyncio4j.test.tls.megabytes=100} sets the amount.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTransfersTest {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int TOTAL =
      Integer.getInteger("asyncio4j.test.tls.megabytes", 16) * MEGABYTE;
  private static final int CHUNK_BYTES = 100_000; // more than a record
  private static final byte[] PATTERN = pattern();

  private boolean drains;
  private boolean ends;
  private int timesHeldUp;

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void everyByteComesBackToASlowReader(Kind kind) {
    int received =
        kind.run(() -> {
          Server server =
              Asyncio.startServer(
                  TlsTransfersTest::echo, TlsLoops.loopback().withTls(TlsLoops.SERVER));
          StreamConnection client =
              Asyncio.openConnection(TlsLoops.to(server).withTls(TlsLoops.CLIENT));
          Task<Void> writing = Asyncio.createTask(() -> write(client.writer()));
          int count = readSlowly(client.reader());
          writing.await();
          client.close();
          client.writer().waitClosed();
          server.close();
          server.waitClosed();
          return count;
        });
    assertThat(received).isEqualTo(TOTAL);
    assertThat(timesHeldUp).as("how often the writer was held up").isPositive();
  }

  private static void echo(StreamReader reader, StreamWriter writer) throws Exception {
    try (writer) {
      byte[] some = reader.read(CHUNK_BYTES);
      while (some.length > 0) {
        writer.write(some);
        writer.drain();
        some = reader.read(CHUNK_BYTES);
      }
    }
  }

  private void write(StreamWriter writer) throws Exception {
    for (int at = 0; at < TOTAL; at += CHUNK_BYTES) {
      writer.write(expected(at, Math.min(CHUNK_BYTES, TOTAL - at)));
      drains = true;
      writer.drain();
      drains = false;
    }
    ends = true;
  }

  /** Reads only when all buffers on the way are full, or nothing more is written. */
  private int readSlowly(StreamReader reader) throws Exception {
    int count = 0;
    while (count < TOTAL) {
      TlsLoops.yieldUntil(() -> drains || ends);
      timesHeldUp += drains ? 1 : 0;
      byte[] some = reader.readExactly(Math.min(MEGABYTE + 17, TOTAL - count));
      if (!Arrays.equals(some, expected(count, some.length))) {
        throw new AssertionError("what comes back differs at or after byte " + count);
      }
      count += some.length;
    }
    return count;
  }

  private static byte[] expected(int from, int count) {
    byte[] bytes = new byte[count];
    for (int at = 0; at < count; ) {
      int start = (from + at) % PATTERN.length;
      int copied = Math.min(count - at, PATTERN.length - start);
      System.arraycopy(PATTERN, start, bytes, at, copied);
      at += copied;
    }
    return bytes;
  }

  /** Of a length that nothing on the way is a multiple or a divisor of. */
  private static byte[] pattern() {
    byte[] bytes = new byte[999_983];
    new java.util.Random(17).nextBytes(bytes);
    return bytes;
  }
}
