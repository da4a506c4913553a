package org.asyncio4j.spi.datagram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.datagram.Datagram;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.ForeignCall;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class DatagramEndpointTest {

  private static final DatagramOptions OPTIONS = DatagramOptions.boundTo("127.0.0.1", 4000);

  /** The objects of a test, in a task of the loop. */
  private record Stage(DatagramLoop loop, DatagramEndpoint endpoint, ScriptedEndpoint script) {

    Task<String> receiving() {
      return loop.createTask(() -> text(endpoint.receive()));
    }

    Task<Boolean> sending(String text) {
      Callable<Boolean> body =
          () -> {
            endpoint.send(bytes(text), ScriptedEndpoint.PEER);
            return true;
          };
      return loop.createTask(body);
    }

    static void turns(int count) {
      int[] left = {count};
      TestLoop.yieldUntil(() -> left[0]-- == 0);
    }
  }

  private static void on(CoroutineMode mode, int limit, ThrowingConsumer<Stage, Exception> test) {
    try (DatagramLoop loop = new DatagramLoop(mode)) {
      boolean done =
          loop.run(() -> {
            DatagramEndpoint endpoint = DatagramEndpoint.open(OPTIONS, limit);
            test.accept(new Stage(loop, endpoint, loop.endpoint));
            return true;
          });
      assertThat(done).isTrue();
      assertThat(loop.allTasks()).isEmpty();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String text(Datagram datagram) {
    return UTF_8.decode(datagram.data()).toString();
  }

  @OnEachEngine
  void receivesDatagramsInOrderAndWaitsForMore(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.script().deliver("a");
          stage.script().deliver("");
          Datagram first = stage.endpoint().receive();
          assertThat(text(first)).isEqualTo("a");
          assertThat(first.from()).isEqualTo(ScriptedEndpoint.PEER);
          assertThat(text(stage.endpoint().receive())).isEmpty();

          Task<String> waiting = stage.receiving();
          Stage.turns(3);
          assertThat(waiting.isDone()).isFalse();
          stage.script().deliver("b");
          assertThat(waiting.await()).isEqualTo("b");
          assertThat(stage.endpoint().localAddress()).isEqualTo(ScriptedEndpoint.PEER);
        });
  }

  @OnEachEngine
  void servesWaitingTasksInOrder(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          Task<String> one = stage.receiving();
          Task<String> two = stage.receiving();
          Task<String> three = stage.receiving();
          Stage.turns(2);
          stage.script().deliver("a");
          Stage.turns(3);
          stage.script().deliver("b");
          stage.script().deliver("c");

          assertThat(one.await()).isEqualTo("a");
          assertThat(two.await()).isEqualTo("b");
          assertThat(three.await()).isEqualTo("c");
        });
  }

  @OnEachEngine
  void readsNoMoreWhileItIsFull(CoroutineMode mode) {
    on(
        mode,
        2,
        stage -> {
          stage.script().deliver("a");
          assertThat(stage.script().reading).isTrue();
          stage.script().deliver("b");
          assertThat(stage.script().reading).isFalse();

          assertThat(text(stage.endpoint().receive())).isEqualTo("a");
          assertThat(stage.script().reading).isTrue();
          assertThat(text(stage.endpoint().receive())).isEqualTo("b");
        });
  }

  @OnEachEngine
  void aCancelledReceiverTakesNothingAlong(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          Task<String> cancelled = stage.receiving();
          Task<String> next = stage.receiving();
          Stage.turns(2);
          stage.script().deliver("a");
          assertThat(cancelled.cancel()).isTrue();

          assertThatThrownBy(cancelled::await).isInstanceOf(CancelledError.class);
          assertThat(next.await()).isEqualTo("a");
        });
  }

  @OnEachEngine
  void anErrorIsThrownOnceByTheNextReceive(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.script().deliver("a");
          PortUnreachableException first = new PortUnreachableException("first");
          stage.script().protocol.errorReceived(first);
          stage.script().protocol.errorReceived(new IOException("second"));

          assertThatThrownBy(() -> stage.endpoint().receive()).isSameAs(first);
          assertThat(text(stage.endpoint().receive())).isEqualTo("a");

          Task<String> waiting = stage.receiving();
          Stage.turns(2);
          stage.script().protocol.errorReceived(new IOException("third"));
          assertThatThrownBy(waiting::await).isInstanceOf(IOException.class).hasMessage("third");
        });
  }

  @OnEachEngine
  void sendWaitsWhileTheTransportIsPaused(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.endpoint().send(bytes("a"), ScriptedEndpoint.PEER);
          stage.script().protocol.pauseWriting();
          Task<Boolean> waiting = stage.sending("b");
          Stage.turns(3);
          assertThat(stage.script().sent).containsExactly("a");

          stage.script().protocol.resumeWriting();
          assertThat(waiting.await()).isTrue();
          assertThat(stage.script().sent).containsExactly("a", "b");
        });
  }

  @OnEachEngine
  void aPauseBetweenTheWakeUpAndTheStepIsRespected(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.script().protocol.pauseWriting();
          Task<Boolean> waiting = stage.sending("a");
          Stage.turns(2);
          stage.script().protocol.resumeWriting();
          stage.script().protocol.pauseWriting();
          Stage.turns(4);
          assertThat(stage.script().sent).isEmpty();

          stage.script().protocol.resumeWriting();
          assertThat(waiting.await()).isTrue();
        });
  }

  @OnEachEngine
  void aCancelledSenderHasNotSent(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.script().protocol.pauseWriting();
          Task<Boolean> cancelled = stage.sending("a");
          Task<Boolean> next = stage.sending("b");
          Stage.turns(2);
          stage.script().protocol.resumeWriting();
          assertThat(cancelled.cancel()).isTrue();

          assertThatThrownBy(cancelled::await).isInstanceOf(CancelledError.class);
          assertThat(next.await()).isTrue();
          assertThat(stage.script().sent).containsExactly("b");
        });
  }

  @OnEachEngine
  void aRefusedDatagramIsThrownOnlyBySend(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          IOException refusal = new IOException("too long");
          stage.script().refusal = refusal;

          assertThatThrownBy(() -> stage.endpoint().send(bytes("a"))).isSameAs(refusal);

          stage.endpoint().send(bytes("b"));
          stage.script().deliver("c");
          assertThat(text(stage.endpoint().receive())).isEqualTo("c");
        });
  }

  @OnEachEngine
  void closeWakesAllWaitingTasksAndKeepsArrivedDatagrams(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.script().protocol.pauseWriting();
          Task<Boolean> sender = stage.sending("x");
          Task<String> receiver = stage.receiving();
          Stage.turns(2);
          stage.endpoint().close();
          assertThatThrownBy(sender::await)
              .isInstanceOf(SocketException.class)
              .hasMessageContaining("open another");
          assertThatThrownBy(receiver::await).isInstanceOf(SocketException.class);
          assertThat(stage.script().sent).isEmpty();
        });
    on(
        mode,
        8,
        stage -> {
          stage.script().deliver("a");
          stage.endpoint().close();
          assertThat(text(stage.endpoint().receive())).isEqualTo("a");
          assertThatThrownBy(() -> stage.endpoint().receive()).isInstanceOf(SocketException.class);
        });
  }

  @OnEachEngine
  void waitClosedWaitsForTheEnd(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          stage.endpoint().close();
          Task<Boolean> waiting =
              stage
                  .loop()
                  .createTask(() -> {
                    stage.endpoint().waitClosed();
                    return true;
                  });
          Stage.turns(3);
          assertThat(waiting.isDone()).isFalse();
          stage.script().protocol.connectionLost(null);
          assertThat(waiting.await()).isTrue();
          stage.endpoint().waitClosed();
        });
  }

  @OnEachEngine
  void theReasonOfALossIsReported(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          Task<String> receiver = stage.receiving();
          Stage.turns(2);
          IllegalStateException reason = new IllegalStateException("defect");
          stage.script().closing = true;
          stage.script().protocol.connectionLost(reason);

          assertThatThrownBy(receiver::await).isInstanceOf(SocketException.class).hasCause(reason);
        });
  }

  @OnEachEngine
  void aCancelledOpenClosesTheTransport(CoroutineMode mode) {
    try (DatagramLoop loop = new DatagramLoop(mode)) {
      boolean done =
          loop.run(() -> {
            Task<DatagramEndpoint> opening = loop.createTask(() -> DatagramEndpoint.open(OPTIONS));
            TestLoop.yieldUntil(() -> loop.endpoint != null);
            assertThat(opening.cancel()).isTrue();
            assertThatThrownBy(opening::await).isInstanceOf(CancelledError.class);
            return true;
          });
      assertThat(done).isTrue();
      assertThat(loop.endpoint.closing).isTrue();
    }
  }

  @Test
  void needsARunningLoopAndAPlaceForADatagram() {
    assertThatThrownBy(() -> DatagramEndpoint.open(OPTIONS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no running event loop on ");
    assertThatThrownBy(() -> DatagramEndpoint.open(OPTIONS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("receiveLimit must be at least 1: 0");
  }

  @OnEachEngine
  void messagesNameTheCalledMethod(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          DatagramEndpoint endpoint = stage.endpoint();
          Map<String, ThrowingRunnable<? extends Exception>> calls =
              Map.of(
                  "receive", endpoint::receive,
                  "send", () -> endpoint.send(bytes("a"), ScriptedEndpoint.PEER),
                  "waitClosed", endpoint::waitClosed);
          endpoint.transport().protocol().pauseWriting();
          for (Map.Entry<String, ThrowingRunnable<? extends Exception>> call : calls.entrySet()) {
            assertThat(ForeignCall.thrownBy(call.getValue()))
                .hasMessageStartingWith("cannot call DatagramEndpoint." + call.getKey() + " on ");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            var _ =
                stage
                    .loop()
                    .callSoon(() -> {
                      try {
                        call.getValue().run();
                      } catch (Exception failure) {
                        thrown.set(failure);
                      }
                    });
            Stage.turns(2);
            assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot wait in DatagramEndpoint." + call.getKey());
          }
          assertThat(ForeignCall.thrownBy(endpoint::close))
              .hasMessageStartingWith("cannot call DatagramEndpoint.close on ");
        });
  }

  @OnEachEngine
  void freedMemoryIsRefusedByTheNameOfSend(CoroutineMode mode) {
    on(
        mode,
        8,
        stage -> {
          ByteBuffer freed;
          try (Arena arena = Arena.ofShared()) {
            freed = arena.allocate(8).asByteBuffer();
          }
          assertThatThrownBy(() -> stage.endpoint().send(freed, ScriptedEndpoint.PEER))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("cannot call send: the memory of ");
        });
  }
}
