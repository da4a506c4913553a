package org.asyncio4j.tck.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS and buffers whose memory was freed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsFreedMemoryTest {

  private final ByteBuffer freed = ArenaBuffers.freed(5);

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void itIsNotWrittenAndTheConnectionContinues(Kind kind) {
    String received =
        kind.run(() -> {
          Server server =
              Asyncio.startServer(
                  TlsFreedMemoryTest::echo, TlsLoops.loopback().withTls(TlsLoops.SERVER));
          StreamConnection client =
              Asyncio.openConnection(TlsLoops.to(server).withTls(TlsLoops.CLIENT));
          ByteBuffer first = ByteBuffer.wrap("not written".getBytes(US_ASCII));
          assertThatIllegalStateException()
              .isThrownBy(() -> client.writer().write(freed))
              .withMessageStartingWith("cannot call write: ");
          assertThatIllegalStateException()
              .isThrownBy(() -> client.writer().writeLines(List.of(first, freed)))
              .withMessageStartingWith("cannot call writeLines: ");
          client.writer().write("hello\n", US_ASCII);
          String line = new String(client.reader().readLine(), US_ASCII);
          end(client, server);
          return line;
        });
    assertThat(received).isEqualTo("hello\n");
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void lentMemoryThatWasFreedEndsTheConnection(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    Lender lender = new Lender();
    kind.run(
        reports,
        () -> {
          Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      writer.write("hello\n", US_ASCII);
                    }
                  },
                  TlsLoops.loopback().withTls(TlsLoops.SERVER));
          Transport _ =
              Asyncio.runningLoop()
                  .createConnection(() -> lender, TlsLoops.to(server).withTls(TlsLoops.CLIENT))
                  .transport();
          TlsLoops.yieldUntil(() -> lender.lost);
          server.close();
          server.waitClosed();
          return true;
        });
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().message()).contains("getBuffer");
    assertThat(reports.getFirst().exception()).get().isSameAs(lender.reason);
    assertThat(lender.reason).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void startTlsRefusesItAndChangesNothing(Kind kind) {
    String received =
        kind.run(() -> {
          Server server = Asyncio.startServer(TlsFreedMemoryTest::echo, TlsLoops.loopback());
          StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
          Transport transport = client.writer().transport();
          assertThatIllegalStateException()
              .isThrownBy(() ->
                  Asyncio.runningLoop()
                      .startTls(transport, new Lender(), TlsLoops.CLIENT, TlsRole.CLIENT, freed))
              .withMessageStartingWith("cannot call startTls: ");
          client.writer().write("hello\n", US_ASCII);
          String line = new String(client.reader().readLine(), US_ASCII);
          end(client, server);
          return line;
        });
    assertThat(received).isEqualTo("hello\n");
  }

  private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
    try (writer) {
      writer.write(reader.readLine());
    }
  }

  private static void end(StreamConnection client, Server server) throws IOException {
    client.close();
    client.writer().waitClosed();
    server.close();
    server.waitClosed();
  }

  /** Lends memory that was freed. */
  private final class Lender implements BufferedProtocol {

    private boolean lost;
    private Throwable reason;

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      return freed;
    }

    @Override
    public void bufferUpdated(int byteCount) {
      throw new AssertionError("nothing can have been read");
    }

    @Override
    public void connectionLost(Throwable exception) {
      lost = true;
      reason = exception;
    }
  }
}
