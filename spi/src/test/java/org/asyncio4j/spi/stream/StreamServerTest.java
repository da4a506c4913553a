package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.ClientHandler;

@HangGuard
class StreamServerTest {

  @OnEachEngine
  void eachClientHasItsOwnTask(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          serve((reader, writer) -> {
            try (writer) {
              writer.write(reader.readLine());
            }
          });
          ScriptedTransport first = loop.clientConnects();
          ScriptedTransport second = loop.clientConnects();
          Awaiter.yieldOnce();
          assertThat(loop.allTasks()).hasSize(3);

          second.arrives("second\n");
          TestLoop.yieldUntil(second::isClosing);
          assertThat(first.isClosing()).isFalse();
          first.arrives("first\n");
          TestLoop.yieldUntil(first::isClosing);

          assertThat(first.written()).isEqualTo("first\n");
          assertThat(second.written()).isEqualTo("second\n");
          settle(loop);
        });
  }

  @OnEachEngine
  void aHandlerThatThrowsIsReportedOnceAndItsConnectionClosed(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          RuntimeException mistake = new RuntimeException("mine");
          List<Task<?>> handlers = new ArrayList<>();
          serve((reader, writer) -> {
            handlers.add(Asyncio.currentTask().orElseThrow());
            throw mistake;
          });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(client::isClosing);

          assertThat(client.calls).containsExactly("close");
          assertThat(loop.takeReports())
              .singleElement()
              .satisfies(report -> {
                assertThat(report.message())
                    .isEqualTo("Unhandled exception in the handler of a client");
                assertThat(report.exception()).containsSame(mistake);
                assertThat(report.transport()).containsSame(client);
                assertThat(report.future().orElseThrow()).isSameAs(handlers.getFirst());
              });
          handlers.clear();
          for (int i = 0; i < 5; i++) {
            System.gc();
            Awaiter.yieldOnce();
          }
          assertThat(loop.hasReports()).as("it counts as retrieved").isFalse();
        });
  }

  @OnEachEngine
  void aHandlerThatIsCancelledClosesItsConnection(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<Task<?>> handlers = new ArrayList<>();
          serve((reader, writer) -> {
            handlers.add(Asyncio.currentTask().orElseThrow());
            reader.readLine();
          });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(() -> !handlers.isEmpty());
          Awaiter.yieldOnce();

          handlers.getFirst().cancel();
          TestLoop.yieldUntil(client::isClosing);

          assertThat(client.calls).containsExactly("close");
          assertThat(handlers.getFirst().isCancelled()).isTrue();
        });
  }

  @OnEachEngine
  void aHandlerMayLeaveTheConnectionToOthers(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<AutoCloseable> kept = new ArrayList<>();
          serve((reader, writer) -> kept.add(writer));
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(() -> !kept.isEmpty());
          settle(loop);

          assertThat(client.isClosing()).isFalse();
          kept.getFirst().close();
          assertThat(client.isClosing()).isTrue();
        });
  }

  @OnEachEngine
  void aHandlerThatRaisesACancelledErrorIsCancelled(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          serve((reader, writer) -> {
            throw new CancelledError("by itself");
          });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(client::isClosing);
          assertThat(client.calls).containsExactly("close");
        });
  }

  @OnEachEngine
  void aConnectionWithoutATaskIsAborted(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          serve((reader, writer) -> {
            throw new AssertionError("it has no task");
          });
          loop.setTaskFactory(new NoMoreTasks());
          ScriptedTransport client = loop.clientConnects();
          loop.setTaskFactory(null);

          assertThat(client.calls).containsExactly("abort");
          assertThat(loop.takeReports())
              .singleElement()
              .satisfies(report ->
                  assertThat(report.exception().orElseThrow()).hasMessage("no more tasks"));
        });
  }

  @OnEachEngine
  void aHandlerMayStartEagerly(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          loop.setTaskFactory(Asyncio.eagerTaskFactory());
          serve((reader, writer) -> {
            try (writer) {
              writer.write("welcome ", UTF_8);
              writer.write(reader.readLine());
            }
          });
          ScriptedTransport client = loop.clientConnects();
          assertThat(client.written()).isEqualTo("welcome ");
          client.arrives("all\n");
          TestLoop.yieldUntil(client::isClosing);

          assertThat(client.written()).isEqualTo("welcome all\n");
          settle(loop);
        });
  }

  private static final class NoMoreTasks implements TaskFactory {

    @Override
    public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
      throw new IllegalStateException("no more tasks");
    }
  }

  private static void serve(ClientHandler handler) throws Exception {
    Asyncio.startServer(handler, "127.0.0.1", 0);
  }

  /** Lets handlers end. */
  private static void settle(TestLoop loop) {
    TestLoop.yieldUntil(() -> loop.allTasks().size() == 1);
  }
}
