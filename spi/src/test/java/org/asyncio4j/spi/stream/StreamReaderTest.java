package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.HangGuard;
import org.asyncio4j.spi.OnEachEngine;
import org.asyncio4j.spi.TestLoop;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;
import org.asyncio4j.stream.LineTooLongException;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;

@HangGuard
class StreamReaderTest {

  private static final StreamOptions SHORT = StreamOptions.defaults().withLimitBytes(5);

  @OnEachEngine
  void readReturnsAvailableBytes(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          transport.arrives("abc");
          transport.arrives("def");

          assertThat(reader.read(4)).asString(UTF_8).isEqualTo("abcd");
          assertThat(reader.read(4)).asString(UTF_8).isEqualTo("ef");
        });
  }

  @OnEachEngine
  void readWaitsForSomething(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          Task<byte[]> task = begin(loop, () -> streams.reader().read(10));
          assertThat(task.isDone()).isFalse();

          transport.arrives("abc");

          assertThat(task.await()).asString(UTF_8).isEqualTo("abc");
        });
  }

  @OnEachEngine
  void readReturnsNothingAtTheEnd(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> task = begin(loop, () -> reader.read(10));
          assertThat(reader.atEof()).isFalse();

          transport.ends();

          assertThat(task.await()).isEmpty();
          assertThat(reader.read(10)).isEmpty();
          assertThat(reader.atEof()).isTrue();
          assertThat(transport.isClosing()).as("a half-open connection stays").isFalse();
        });
  }

  @OnEachEngine
  void readOfNothingDoesNotWait(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          assertThat(streams.reader().read(0)).isEmpty();
          assertThat(streams.reader().read(ByteBuffer.allocate(0))).isZero();
          assertThat(streams.reader().readExactly(0)).isEmpty();
          assertThatIllegalArgumentException()
              .isThrownBy(() -> streams.reader().read(-1))
              .withMessage("max must not be negative: -1; use readAll to read up to the end");
          assertThatIllegalArgumentException().isThrownBy(() -> streams.reader().readExactly(-1));
        });
  }

  @OnEachEngine
  void readFillsABuffer(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          ByteBuffer target = ByteBuffer.allocate(5).position(1);
          Task<Integer> task = begin(loop, () -> reader.read(target));
          transport.arrives("abcdef");

          assertThat(task.await()).isEqualTo(4);
          assertThat(target.position()).isEqualTo(5);
          assertThat(new String(target.array(), 1, 4, UTF_8)).isEqualTo("abcd");
          transport.ends();
          assertThat(reader.read(target.clear())).isEqualTo(2);
          assertThat(reader.read(target.clear())).isEqualTo(-1);
        });
  }

  @OnEachEngine
  void readAllWaitsForTheEnd(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          Task<byte[]> task = begin(loop, () -> streams.reader().readAll());
          for (int i = 0; i < 10; i++) {
            transport.arrives("0123456789");
            Awaiter.yieldOnce();
          }
          assertThat(task.isDone()).isFalse();
          assertThat(transport.calls).as("who wants all is not held up").isEmpty();

          transport.ends();

          assertThat(task.await()).hasSize(100);
          assertThat(streams.reader().readAll()).isEmpty();
        });
  }

  @OnEachEngine
  void readExactlyWaitsForAll(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          transport.arrives("0123456789a");
          assertThat(transport.calls).containsExactly("pauseReading");
          Task<byte[]> task = begin(loop, () -> streams.reader().readExactly(20));
          assertThat(transport.calls).containsExactly("pauseReading", "resumeReading");

          transport.arrives("01234567");
          Awaiter.yieldOnce();
          assertThat(task.isDone()).isFalse();
          transport.arrives("89");

          assertThat(task.await()).asString(UTF_8).isEqualTo("0123456789a012345678");
          assertThat(streams.reader().read(9)).asString(UTF_8).isEqualTo("9");
          assertThat(transport.isReading()).isTrue();
        });
  }

  @OnEachEngine
  void readExactlyReportsThePartialBytes(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          Task<byte[]> task = begin(loop, () -> streams.reader().readExactly(5));
          transport.arrives("abc");
          transport.ends();

          assertThatExceptionOfType(IncompleteReadException.class)
              .isThrownBy(task::await)
              .withMessageContaining("cannot read 5 bytes: the stream has ended after 3")
              .satisfies(incomplete -> {
                assertThat(incomplete.partial()).asString(UTF_8).isEqualTo("abc");
                assertThat(incomplete.expected()).hasValue(5);
              });
          assertThat(streams.reader().atEof()).isTrue();
        });
  }

  @OnEachEngine
  void readLineReturnsLinesWithTheirNewlines(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> first = begin(loop, reader::readLine);
          transport.arrives("on");
          Awaiter.yieldOnce();
          transport.arrives("e\n\ntwo\r\nthr");

          assertThat(first.await()).asString(UTF_8).isEqualTo("one\n");
          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("\n");
          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("two\r\n");
          Task<byte[]> last = begin(loop, reader::readLine);
          transport.ends();
          assertThat(last.await()).asString(UTF_8).isEqualTo("thr");
          assertThat(reader.readLine()).isEmpty();
        });
  }

  @OnEachEngine
  void readTextLineReturnsNoNewlines(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          byte[] text = "grüß\n\r\n\nein\rs\r\nend\r".getBytes(UTF_8);
          Task<Optional<String>> first = begin(loop, () -> reader.readTextLine(UTF_8));
          transport.arrives(Arrays.copyOf(text, 3)); // within a letter
          Awaiter.yieldOnce();
          transport.arrives(Arrays.copyOfRange(text, 3, text.length));
          transport.ends();

          assertThat(first.await()).contains("grüß");
          assertThat(reader.readTextLine(UTF_8)).contains("");
          assertThat(reader.readTextLine(UTF_8)).contains("");
          assertThat(reader.readTextLine(UTF_8)).contains("ein\rs");
          assertThat(reader.readTextLine(UTF_8)).contains("end\r");
          assertThat(reader.readTextLine(UTF_8)).isEmpty();
          assertThatIllegalArgumentException()
              .isThrownBy(() -> reader.readTextLine(UTF_16))
              .withMessageContaining("charset must encode a newline as byte 10: UTF-16");
        });
  }

  @OnEachEngine
  void aLineThatIsTooLongIsDroppedWithItsNewline(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          transport.arrives("12345\n123456\nnext\n");
          assertThat(transport.isReading()).isFalse();

          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("12345\n");
          assertThatExceptionOfType(LineTooLongException.class)
              .isThrownBy(reader::readLine)
              .withMessageContaining("it is longer than 5 bytes, and 7 bytes were dropped")
              .withCauseInstanceOf(LimitOverrunException.class);
          assertThat(transport.isReading()).isTrue();
          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("next\n");
        });
  }

  @OnEachEngine
  void aLineThatIsTooLongIsDroppedAsFarAsItHasArrived(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> task = begin(loop, reader::readLine);
          transport.arrives("12345");
          Awaiter.yieldOnce();
          assertThat(task.isDone()).isFalse();
          transport.arrives("6");

          assertThatThrownBy(task::await).isInstanceOf(LineTooLongException.class);
          transport.arrives("78\nnext\n");
          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("78\n");
          assertThat(reader.readLine()).asString(UTF_8).isEqualTo("next\n");
        });
  }

  @OnEachEngine
  void readUntilTakesTheSeparatorThatEndsFirst(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> first = begin(loop, () -> reader.readUntil(bytes("END"), bytes(";")));
          transport.arrives("aEN");
          Awaiter.yieldOnce();
          transport.arrives("Db;END;");

          assertThat(first.await()).asString(UTF_8).isEqualTo("aEND");
          assertThat(reader.readUntil(bytes("END"), bytes(";"))).asString(UTF_8).isEqualTo("b;");
          assertThat(reader.readUntil(bytes("D;"), bytes("END;")))
              .asString(UTF_8)
              .isEqualTo("END;");
          Task<byte[]> last = begin(loop, () -> reader.readUntil(bytes(";")));
          transport.arrives("rest");
          transport.ends();
          assertThatExceptionOfType(IncompleteReadException.class)
              .isThrownBy(last::await)
              .satisfies(incomplete -> {
                assertThat(incomplete.partial()).asString(UTF_8).isEqualTo("rest");
                assertThat(incomplete.expected()).isEmpty();
              });
          assertThat(reader.atEof()).isTrue();
        });
  }

  @OnEachEngine
  void bytesBeyondTheLimitStay(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        SHORT,
        (loop, transport, streams) -> {
          StreamReader reader = streams.reader();
          Task<byte[]> task = begin(loop, () -> reader.readUntil(bytes("--")));
          transport.arrives("123456-");

          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(task::await)
              .withMessageContaining("it is not in the first 6 bytes, and the limit is 5")
              .satisfies(overrun -> assertThat(overrun.consumed()).isEqualTo(6));
          transport.arrives("-");
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(() -> reader.readUntil(bytes("--")))
              .withMessageContaining("it comes after 6 bytes, and the limit is 5")
              .satisfies(overrun -> assertThat(overrun.consumed()).isEqualTo(6));
          assertThat(reader.readExactly(8)).asString(UTF_8).isEqualTo("123456--");
        });
  }

  @OnEachEngine
  void theFailureOfTheConnectionEndsAllReads(CoroutineMode mode) {
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
  void callbacksReadAvailableBytes(CoroutineMode mode) {
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
  void aPeerThatSendsTooFastIsSlowedDown(CoroutineMode mode) {
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

  /** Starts a task and lets it run up to where it waits. */
  private static <T> Task<T> begin(TestLoop loop, Callable<? extends T> body) {
    Task<T> task = loop.createTask(body);
    Awaiter.yieldOnce();
    return task;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
