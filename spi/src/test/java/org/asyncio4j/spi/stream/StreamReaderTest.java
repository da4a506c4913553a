package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.asyncio4j.spi.stream.StreamLoop.begin;

import java.nio.ByteBuffer;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;

/** Reads of bytes: some, exactly as many, all. */
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
}
