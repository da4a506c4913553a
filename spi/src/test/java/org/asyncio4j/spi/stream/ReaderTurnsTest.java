package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.stream.StreamLoop.begin;

import java.io.IOException;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;

/** Who may read when: one task at a time, callbacks what is there, nobody after a failure. */
@HangGuard
class ReaderTurnsTest {
  private static final StreamOptions SHORT = StreamOptions.defaults().withLimitBytes(5);

  @OnEachEngine
  void theFailureOfTheConnectionEndsReadsForGood(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          IOException reset = new IOException("reset");
          Task<byte[]> task = begin(loop, () -> reader.readExactly(5));
          assertThat(reader.exception()).isEmpty();
          transport.arrives("abc");

          transport.isLost(reset);

          assertThatThrownBy(task::await).isSameAs(reset);
          assertThatThrownBy(() -> reader.read(1)).isSameAs(reset);
          assertThat(reader.exception().orElseThrow()).isSameAs(reset);
        });
  }

  @OnEachEngine
  void anOrderlyEndLetsReadsFinish(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          Task<byte[]> task = begin(loop, () -> streams.reader().readAll());
          transport.arrives("abc");
          transport.isLost(null);

          assertThat(task.await()).asString(UTF_8).isEqualTo("abc");
        });
  }

  @OnEachEngine
  void onlyOneTaskReadsAtATime(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> first = begin(loop, () -> reader.readExactly(5));
          transport.arrives("abc");

          assertThatIllegalStateException()
              .isThrownBy(reader::readLine)
              .withMessage(
                  "cannot call StreamReader.readLine: another task waits in"
                      + " StreamReader.readExactly; let one task read at a time");
          transport.arrives("de");
          assertThat(first.await()).asString(UTF_8).isEqualTo("abcde");
        });
  }

  @OnEachEngine
  void callbacksReadWhatIsThere(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          transport.arrives("abc");
          var outcome = loop.<String>createFuture();
          loop.callSoon(() -> {
            try {
              outcome.setResult(
                  new String(reader.read(3), UTF_8)
                      + assertThatIllegalStateException()
                          .isThrownBy(() -> reader.read(3))
                          .actual()
                          .getClass()
                          .getSimpleName());
            } catch (Throwable thrown) {
              outcome.setException(thrown);
            }
          });

          assertThat(outcome.await()).isEqualTo("abcIllegalStateException");
          transport.arrives("d");
          assertThat(reader.read(3)).asString(UTF_8).isEqualTo("d");
        });
  }

  @OnEachEngine
  void aPeerThatIsTooFastIsHeldUp(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          transport.arrives("0123456789");
          assertThat(transport.calls).as("twice the limit").isEmpty();
          transport.arrives("a");
          assertThat(transport.calls).as("above twice the limit").containsExactly("pauseReading");

          byte[] ignored = reader.read(5);
          assertThat(transport.isReading()).as("above the limit").isFalse();
          ignored = reader.read(1);
          assertThat(transport.isReading()).as("at the limit").isTrue();
          assertThat(transport.calls).containsExactly("pauseReading", "resumeReading");
        });
  }

  /** In asyncio this reader would see an end that is none. */
  @OnEachEngine
  void aReaderThatWasWokenHasTheStreamToItself(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          Task<byte[]> first = begin(loop, () -> streams.reader().read(5));
          transport.arrives("abc");

          assertThatIllegalStateException().isThrownBy(() -> streams.reader().read(5));
          assertThat(first.await()).asString(UTF_8).isEqualTo("abc");
        });
  }
}
