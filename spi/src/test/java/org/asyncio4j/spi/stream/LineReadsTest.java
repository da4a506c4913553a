package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.stream.StreamLoop.begin;
import static org.asyncio4j.spi.stream.StreamLoop.bytes;

import java.util.Arrays;
import java.util.Optional;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;
import org.asyncio4j.stream.LineTooLongException;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;

/** Reads up to a newline or another separator, and the limit for them. */
@HangGuard
class LineReadsTest {
  private static final StreamOptions SHORT = StreamOptions.defaults().withLimitBytes(5);

  @OnEachEngine
  void readLineAnswersLinesWithTheirNewlines(CoroutineMode mode) {
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
  void readLineOfTextReturnsNoNewlines(CoroutineMode mode) {
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
  void aLineThatIsTooLongIsDroppedAsFarAsItIsThere(CoroutineMode mode) {
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
}
