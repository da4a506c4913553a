package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.StreamWriter;

@HangGuard
class StreamWriterTest {

  @OnEachEngine
  void writtenDataGoesToTheTransport(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamWriter writer = streams.writer();
          writer.write("a".getBytes(UTF_8));
          writer.write(ByteBuffer.wrap("b".getBytes(UTF_8)));
          writer.write("ü", UTF_8);
          writer.writeLines(
              List.of(
                  ByteBuffer.wrap("c\n".getBytes(UTF_8)), ByteBuffer.wrap("d".getBytes(UTF_8))));
          writer.writeEof();

          assertThat(transport.written()).isEqualTo("abüc\nd");
          assertThat(transport.calls).containsExactly("writeEof");
          assertThat(writer.canWriteEof()).isTrue();
          assertThat(writer.transport()).isSameAs(transport);
          assertThat(writer.extraInfo(ExtraInfo.PEERNAME)).contains(ScriptedTransport.PEER);
          assertThat(writer.extraInfo(ExtraInfo.SOCKNAME)).isEmpty();
        });
  }

  @OnEachEngine
  void drainReturnsAtOnceWhileThereIsRoom(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          boolean[] others = {false};
          loop.callSoon(() -> others[0] = true);

          streams.writer().drain();

          assertThat(others[0]).isFalse();
        });
  }

  @OnEachEngine
  void severalTasksDrain(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          transport.fills();
          List<Task<Boolean>> tasks = begin(loop, 3, streams.writer()::drain);
          assertThat(tasks).noneMatch(Task::isDone);

          transport.empties();
          Awaiter.yieldOnce();

          assertThat(tasks).allMatch(Task::result);
        });
  }

  /** Each subset of three is cancelled, before or after the wake-up; the others continue. */
  @OnEachEngine
  void cancelledDrainsDoNotAffectOthers(CoroutineMode mode) {
    for (int cancelled = 0; cancelled < 8; cancelled++) {
      for (int moment = 0; moment < 3; moment++) {
        int subset = cancelled;
        int when = moment;
        StreamLoop.play(
            mode,
            (loop, transport, streams) -> {
              transport.fills();
              List<Task<Boolean>> tasks = begin(loop, 3, streams.writer()::drain);
              if (when == 2) {
                transport.empties();
              }
              for (int i = 0; i < 3; i++) {
                if ((subset & 1 << i) != 0) {
                  assertThat(tasks.get(i).cancel()).isTrue();
                }
              }
              if (when == 0) {
                Awaiter.yieldOnce();
              }
              if (when < 2) {
                transport.empties();
              }
              TestLoop.yieldUntil(() -> tasks.stream().allMatch(Task::isDone));
              for (int i = 0; i < 3; i++) {
                assertThat(tasks.get(i).isCancelled()).isEqualTo((subset & 1 << i) != 0);
              }
              streams.writer().drain();
            });
      }
    }
  }

  @OnEachEngine
  void drainThrowsTheReasonOfTheLoss(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          IOException reset = new IOException("reset");
          transport.fills();
          List<Task<Boolean>> tasks = begin(loop, 2, streams.writer()::drain);

          transport.isLost(reset);

          assertThat(tasks).allSatisfy(task -> assertThatThrownBy(task::await).isSameAs(reset));
          assertThatThrownBy(streams.writer()::drain).isSameAs(reset);
          assertThatThrownBy(streams.writer()::waitClosed).isSameAs(reset);
        });
  }

  @OnEachEngine
  void waitingTasksReturnAfterAnOrderlyEndAndLaterCallsThrow(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          transport.fills();
          List<Task<Boolean>> tasks = begin(loop, 1, streams.writer()::drain);

          transport.isLost(null);

          assertThat(tasks.getFirst().await()).isTrue();
          assertThatIOException()
              .isThrownBy(streams.writer()::drain)
              .withMessage(
                  "cannot use scripted transport: the connection is lost, and data written to it is"
                      + " dropped; open another");
        });
  }

  @OnEachEngine
  void drainOfAClosingConnectionYields(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          streams.writer().close();
          loop.callSoon(() -> transport.isLost(null));
          int[] drained = {0};

          assertThatIOException()
              .isThrownBy(() -> {
                while (true) {
                  streams.writer().drain();
                  drained[0]++;
                }
              })
              .withMessageContaining("is lost");
          assertThat(drained[0]).isLessThan(3);
        });
  }

  @OnEachEngine
  void waitClosedWaitsForTheLoss(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          StreamWriter writer = streams.writer();
          assertThat(writer.isClosing()).isFalse();
          writer.close();
          assertThat(writer.isClosing()).isTrue();
          List<Task<Boolean>> tasks = begin(loop, 3, writer::waitClosed);
          Awaiter.yieldOnce();
          assertThat(tasks).noneMatch(Task::isDone);

          assertThat(tasks.getFirst().cancel()).isTrue();
          Awaiter.yieldOnce();
          assertThat(tasks.get(0).isCancelled()).isTrue();
          assertThat(tasks.get(1).isDone()).as("in asyncio it would be cancelled, too").isFalse();
          transport.isLost(null);

          assertThat(tasks.get(1).await()).isTrue();
          assertThat(tasks.get(2).await()).isTrue();
          writer.waitClosed();
        });
  }

  @OnEachEngine
  void waitClosedThrowsTheReasonOfTheLoss(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          List<Task<Boolean>> tasks = begin(loop, 2, streams.writer()::waitClosed);
          IOException reset = new IOException("reset");

          transport.isLost(reset);

          assertThat(tasks).allSatisfy(task -> assertThatThrownBy(task::await).isSameAs(reset));
        });
  }

  @OnEachEngine
  void aMistakeOfTheProtocolIsThrownUnchanged(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          IllegalStateException mistake = new IllegalStateException("mine");
          transport.isLost(mistake);

          assertThatThrownBy(streams.writer()::drain).isSameAs(mistake);
          assertThatThrownBy(() -> streams.reader().read(1)).isSameAs(mistake);
        });
  }

  /** Starts tasks and lets them run up to where they wait. */
  private static List<Task<Boolean>> begin(
      TestLoop loop, int count, ThrowingRunnable<? extends Exception> body) {
    List<Task<Boolean>> tasks =
        IntStream.range(0, count)
            .mapToObj(i ->
                loop.<Boolean>createTask(() -> {
                  body.run();
                  return true;
                }))
            .toList();
    Awaiter.yieldOnce();
    return tasks;
  }
}
