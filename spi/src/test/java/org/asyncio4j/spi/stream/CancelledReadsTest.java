package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingFunction;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whenever a read is cancelled, the next one gets all bytes that have arrived, once and in order.
 */
@HangGuard
class CancelledReadsTest {

  private record Read(String name, ThrowingFunction<StreamReader, byte[], Exception> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> reads() {
    return Stream.of(
            new Read("read", reader -> reader.read(100)),
            new Read("readExactly", reader -> reader.readExactly(6)),
            new Read("readAll", StreamReader::readAll),
            new Read("readLine", StreamReader::readLine),
            new Read("readUntil", reader -> reader.readUntil(";;".getBytes(UTF_8))))
        .flatMap(read ->
            Stream.of(CoroutineMode.CARRIER, CoroutineMode.HANDOFF)
                .map(mode -> Arguments.of(read, mode)));
  }

  /** The stream arrives in pieces; before or after one of them the reader is cancelled. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("reads")
  void noByteIsLost(Read read, CoroutineMode mode) {
    List<String> pieces = List.of("abc", "d;;", "x\n", "yz");
    for (int cancelledAt = 0; cancelledAt <= 2 * pieces.size(); cancelledAt++) {
      int moment = cancelledAt;
      StreamLoop.play(
          mode,
          (loop, transport, streams) -> {
            StreamReader reader = streams.reader();
            Task<byte[]> task = loop.createTask(() -> read.body.apply(reader));
            Awaiter.yieldOnce();
            int now = 0;
            for (String piece : pieces) {
              cancelIf(now++ == moment, task);
              transport.arrives(piece);
              cancelIf(now++ == moment, task);
              if (moment % 3 == 0) {
                Awaiter.yieldOnce();
              }
            }
            transport.ends();
            cancelIf(now == moment, task);
            TestLoop.yieldUntil(task::isDone);

            byte[] first = task.isCancelled() ? new byte[0] : task.result();
            String all = new String(first, UTF_8) + new String(reader.readAll(), UTF_8);
            assertThat(all).as("cancelled at %d", moment).isEqualTo("abcd;;x\nyz");
          });
    }
  }

  private static void cancelIf(boolean now, Task<?> task) {
    if (now) {
      task.cancel();
    }
  }

  @OnEachEngine
  void aCancelledReadOfMuchHoldsThePeerUpAgain(CoroutineMode mode) {
    StreamOptions limit = StreamOptions.defaults().withLimitBytes(5);
    StreamLoop.play(
        mode,
        limit,
        (loop, transport, streams) -> {
          Task<byte[]> task = loop.createTask(streams.reader()::readAll);
          Awaiter.yieldOnce();
          transport.arrives("0123456789abcdef");
          assertThat(transport.isReading()).isTrue();

          task.cancel();
          TestLoop.yieldUntil(task::isDone);

          assertThat(task.isCancelled()).isTrue();
          assertThat(transport.isReading()).isFalse();
          transport.ends();
          assertThat(streams.reader().readAll()).asString(UTF_8).isEqualTo("0123456789abcdef");
        });
  }

  /** Random pieces, reads and cancellations; exactly the sent bytes are read. */
  @OnEachEngine
  void nothingIsLostByAnyMixture(CoroutineMode mode) {
    for (long seed = 1; seed <= 15; seed++) {
      Random random = new Random(seed);
      StreamOptions limit = StreamOptions.defaults().withLimitBytes(1 + random.nextInt(20));
      byte[] sent = new byte[2_000];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) (random.nextInt(6) == 0 ? '\n' : 'a' + random.nextInt(3));
      }
      String what = "seed " + seed;
      StreamLoop.play(
          mode,
          limit,
          (loop, transport, streams) -> {
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            int arrived = 0;
            while (!streams.reader().atEof()) {
              Task<Boolean> task =
                  loop.createTask(() -> {
                    readSomehow(random, streams.reader(), received);
                    return true;
                  });
              while (!task.isDone()) {
                if (random.nextInt(4) == 0) {
                  task.cancel();
                }
                if (arrived < sent.length && transport.isReading()) {
                  int count = Math.min(1 + random.nextInt(30), sent.length - arrived);
                  transport.arrives(Arrays.copyOfRange(sent, arrived, arrived + count));
                  arrived += count;
                } else if (arrived == sent.length) {
                  transport.ends();
                }
                for (int ticks = random.nextInt(3); ticks > 0; ticks--) {
                  Awaiter.yieldOnce();
                }
              }
              assertThat(task.isCancelled() || task.result()).isTrue();
            }
            assertThat(received.toByteArray()).as(what).isEqualTo(sent);
          });
    }
  }

  private static void readSomehow(
      Random random, StreamReader reader, ByteArrayOutputStream received) throws Exception {
    try {
      switch (random.nextInt(4)) {
        case 0 -> received.writeBytes(reader.read(1 + random.nextInt(40)));
        case 1 -> received.writeBytes(reader.readExactly(random.nextInt(60)));
        case 2 -> received.writeBytes(reader.readUntil("\n".getBytes(UTF_8), "ab".getBytes(UTF_8)));
        default -> {
          ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(40));
          int count = reader.read(target);
          received.write(target.array(), 0, Math.max(count, 0));
        }
      }
    } catch (IncompleteReadException incomplete) {
      received.writeBytes(incomplete.partial());
    } catch (LimitOverrunException overrun) {
      received.writeBytes(reader.readExactly(overrun.consumed()));
    }
  }
}
