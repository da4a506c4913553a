package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamPeer;

/** Streams without a socket, for tests of code that reads and writes streams. */
class StreamPeerTest {

  private interface Test {
    void run(TestLoop loop, StreamPeer peer, StreamConnection streams) throws Exception;
  }

  private static void on(CoroutineMode mode, Test test) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        StreamPeer peer = Asyncio.openStreamPeer(StreamOptions.defaults().withLimitBytes(4));
        test.run(loop, peer, peer.streams());
        return null;
      });
      assertThat(loop.takeReports()).isEmpty();
    }
  }

  @OnEachEngine
  void fedDataIsRead(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          Task<byte[]> line = loop.createTask(streams.reader()::readLine);
          Asyncio.sleep(Duration.ZERO);
          assertThat(line.isDone()).isFalse();
          byte[] bytes = {'o', 'n'};
          peer.feedData(bytes);
          bytes[0] = 'x';
          peer.feedData("e\ntw", US_ASCII);
          peer.feedEof();

          assertThat(line.await()).asString(US_ASCII).isEqualTo("one\n");
          assertThatThrownBy(() -> streams.reader().readExactly(3))
              .isInstanceOfSatisfying(
                  IncompleteReadException.class,
                  incomplete ->
                      assertThat(incomplete.partial()).asString(US_ASCII).isEqualTo("tw"));
          assertThat(streams.reader().atEof()).isTrue();
          streams.close();
        });
  }

  @OnEachEngine
  void aSlowReaderHoldsBackFedData(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          peer.feedData("123456789", US_ASCII); // more than twice the limit
          assertThat(streams.writer().transport().isReading()).isFalse();
          peer.feedData("abc", US_ASCII);
          peer.feedEof();
          assertThat(streams.reader().read(100)).asString(US_ASCII).isEqualTo("123456789");
          assertThat(streams.reader().readAll()).asString(US_ASCII).isEqualTo("abc");
          streams.close();
        });
  }

  @OnEachEngine
  void eachLineIsReadUpToTheEnd(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          peer.feedData("a\r\nb\n\nlast", US_ASCII);
          peer.feedEof();
          List<String> lines = new ArrayList<>();
          streams.reader().forEachLine(US_ASCII, line -> lines.add(line));
          assertThat(lines).containsExactly("a", "b", "", "last");
          streams.close();
        });
  }

  @OnEachEngine
  void anExceptionOfTheActionOfALineIsThrown(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          peer.feedData("a\nb\n", US_ASCII);
          IOException refused = new IOException("on purpose");
          assertThatThrownBy(() ->
                  streams
                      .reader()
                      .forEachLine(
                          US_ASCII,
                          line -> {
                            throw refused;
                          }))
              .isSameAs(refused);
          assertThat(streams.reader().readTextLine(US_ASCII)).contains("b");
          streams.close();
        });
  }

  @OnEachEngine
  void writtenDataIsTakenOnce(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          streams.writer().write("hello", US_ASCII);
          streams.writer().drain();
          assertThat(peer.written()).asString(US_ASCII).isEqualTo("hello");
          assertThat(peer.written()).isEmpty();
          assertThat(peer.isEofWritten()).isFalse();
          streams.writer().writeEof();
          assertThat(peer.isEofWritten()).isTrue();
          assertThatThrownBy(() -> streams.writer().write(new byte[1]))
              .isInstanceOf(IllegalStateException.class);
          assertThat(peer.isClosed()).isFalse();
          streams.close();
          assertThat(peer.isClosed()).isTrue();
          streams.writer().waitClosed();
        });
  }

  @OnEachEngine
  void aLostConnectionFailsTheStreams(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          IOException reset = new IOException("connection reset");
          peer.loseConnection(reset);
          assertThatThrownBy(() -> streams.reader().readLine()).isSameAs(reset);
          assertThat(streams.reader().exception()).containsSame(reset);
          assertThatThrownBy(() -> streams.writer().drain()).isSameAs(reset);
          assertThatThrownBy(() -> peer.feedData(new byte[1]))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("its input has ended");
          assertThatThrownBy(() -> peer.loseConnection(reset))
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @OnEachEngine
  void aForeignThreadIsRefused(CoroutineMode mode) {
    on(
        mode,
        (loop, peer, streams) -> {
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          Thread foreign =
              Thread.ofPlatform()
                  .start(() -> {
                    try {
                      peer.feedData(new byte[1]);
                    } catch (WrongThreadException refused) {
                      thrown.set(refused);
                    }
                  });
          foreign.join();
          assertThat(thrown.get()).hasMessageStartingWith("cannot call StreamPeer.feedData on ");
          streams.close();
        });
  }
}
