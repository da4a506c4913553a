package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.stream.StreamLoop.serve;
import static org.asyncio4j.spi.stream.StreamLoop.settle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tasks.TaskGroup;

/** Which failures of a handler are the fault of its client, and therefore not reported. */
@HangGuard
class ClientFaultTest {
  /** What a handler does with the loss of its connection. */
  private interface Wrapping {
    void raise(IOException loss) throws Exception;
  }

  @OnEachEngine
  void theLossOfItsOwnConnectionIsNotReported(CoroutineMode mode) {
    Map<String, Wrapping> wrappings = new LinkedHashMap<>();
    wrappings.put(
        "as it is",
        loss -> {
          throw loss;
        });
    wrappings.put(
        "unchecked",
        loss -> {
          throw new UncheckedIOException(loss);
        });
    wrappings.put(
        "wrapped twice",
        loss -> {
          throw new IllegalStateException(new ExecutionException(loss));
        });
    wrappings.put(
        "with itself suppressed in a wrapper",
        loss -> {
          IOException wrapper = new IOException("on closing", loss);
          wrapper.addSuppressed(loss);
          throw wrapper;
        });
    wrappings.put(
        "with a suppressed cancellation",
        loss -> {
          IOException wrapper = new IOException(loss);
          wrapper.addSuppressed(new CancelledError("meanwhile"));
          throw wrapper;
        });
    wrappings.put(
        "with suppressed cancellations in a circle",
        loss -> {
          CancelledError first = new CancelledError("first");
          CancelledError second = new CancelledError("second");
          first.addSuppressed(second);
          second.addSuppressed(first);
          loss.addSuppressed(first);
          throw loss;
        });
    wrappings.put(
        "in a cause that is reached by two ways",
        loss -> {
          UncheckedIOException shared = new UncheckedIOException(loss);
          IOException body = new IOException("body", shared);
          body.addSuppressed(new IOException("close", shared));
          throw body;
        });
    wrappings.put(
        "with several that it has caused suppressed",
        loss -> {
          IOException wrapper = new IOException("on the way", loss);
          wrapper.addSuppressed(new UncheckedIOException(wrapper));
          loss.addSuppressed(new IOException("first", loss));
          loss.addSuppressed(wrapper);
          loss.addSuppressed(new UncheckedIOException("last", loss));
          throw loss;
        });
    wrappings.put(
        "in a circle",
        loss -> {
          IOException wrapper = new IOException(loss);
          loss.addSuppressed(wrapper);
          throw wrapper;
        });
    wrappings.forEach(
        (name, wrapping) -> assertThat(reportsAfterLoss(mode, wrapping)).as(name).isEmpty());
  }

  @OnEachEngine
  void failuresOtherThanTheLossOfItsConnectionAreReported(CoroutineMode mode) {
    Map<String, Wrapping> wrappings = new LinkedHashMap<>();
    wrappings.put(
        "an exception of its own",
        loss -> {
          throw new IOException("Connection reset");
        });
    wrappings.put(
        "a mistake that suppresses the loss",
        loss -> {
          IllegalStateException mistake = new IllegalStateException("mine");
          mistake.addSuppressed(loss);
          throw mistake;
        });
    wrappings.put(
        "the loss that suppresses a mistake",
        loss -> {
          loss.addSuppressed(new IllegalStateException("mine"));
          throw loss;
        });
    wrappings.put(
        "the loss that suppresses a mistake after a cancellation",
        loss -> {
          loss.addSuppressed(new CancelledError("meanwhile"));
          loss.addSuppressed(new IOException(loss));
          loss.addSuppressed(new IllegalStateException("mine"));
          throw loss;
        });
    wrappings.put(
        "the loss that suppresses a cancellation that suppresses a mistake",
        loss -> {
          CancelledError cancelled = new CancelledError("meanwhile");
          cancelled.addSuppressed(new IllegalStateException("mine"));
          loss.addSuppressed(cancelled);
          throw loss;
        });
    wrappings.put(
        "a mistake in a circle of causes",
        loss -> {
          IOException inner = new IOException("mine");
          IOException outer = new IOException("mine", inner);
          Throwable _ = inner.initCause(outer);
          throw outer;
        });
    wrappings.put(
        "the loss that suppresses a mistake before others",
        loss -> {
          loss.addSuppressed(new IllegalStateException("mine"));
          loss.addSuppressed(new IOException(loss));
          loss.addSuppressed(new CancelledError("meanwhile"));
          throw loss;
        });
    wrappings.put(
        "the loss that suppresses a mistake between others",
        loss -> {
          loss.addSuppressed(new IOException("first", loss));
          loss.addSuppressed(new IllegalStateException("mine"));
          loss.addSuppressed(new IOException("last", loss));
          throw loss;
        });
    wrappings.put(
        "a wrapper that suppresses what suppresses a mistake",
        loss -> {
          IOException suppressed = new IOException(loss);
          suppressed.addSuppressed(new IllegalStateException("mine"));
          IOException wrapper = new IOException(loss);
          wrapper.addSuppressed(suppressed);
          throw wrapper;
        });
    wrappings.put(
        "a wrapper that suppresses a mistake",
        loss -> {
          IOException wrapper = new IOException(loss);
          wrapper.addSuppressed(new IllegalStateException("mine"));
          throw wrapper;
        });
    wrappings.forEach(
        (name, wrapping) -> assertThat(reportsAfterLoss(mode, wrapping)).as(name).hasSize(1));
  }

  @OnEachEngine
  void aGroupThatFailsWithTheLossAloneIsNotReported(CoroutineMode mode) {
    assertThat(
            reports(
                mode,
                (reader, writer) ->
                    TaskGroup.run(group -> {
                      group.createTask(() -> reader.readLine());
                      group.createTask(() -> {
                        writer.waitClosed();
                        return true;
                      });
                    }),
                client -> client.isLost(new SocketException("Connection reset"))))
        .isEmpty();
    assertThat(
            reports(
                mode,
                (reader, writer) ->
                    TaskGroup.run(group -> {
                      group.createTask(() -> reader.readLine());
                      group.createTask(() -> failWhenCancelled(writer));
                    }),
                client -> client.isLost(new SocketException("Connection reset"))))
        .hasSize(1);
  }

  @OnEachEngine
  void exceptionsOfTheStreamsCausedByTheClientAreNotReported(CoroutineMode mode) {
    Map<String, ClientHandler> handlers = new LinkedHashMap<>();
    handlers.put("readExactly", (reader, _) -> reader.readExactly(100));
    handlers.put("readUntil", (reader, _) -> reader.readUntil("!".getBytes(UTF_8)));
    handlers.put(
        "one of several",
        (reader, _) -> {
          IOException first = null;
          try {
            reader.readExactly(100);
          } catch (IOException tooShort) {
            first = tooShort;
          }
          try {
            reader.readUntil("!".getBytes(UTF_8));
          } catch (IOException second) {
            throw first;
          }
        });
    handlers.forEach((name, handler) ->
        assertThat(
                reports(
                    mode,
                    handler,
                    client -> {
                      client.arrives("too little");
                      client.ends();
                    }))
            .as(name)
            .isEmpty());
    byte[] line = new byte[64 * 1024 + 2];
    assertThat(reports(mode, (reader, _) -> reader.readLine(), client -> client.arrives(line)))
        .isEmpty();
    assertThat(
            reports(
                mode,
                (reader, _) -> reader.readUntil("!".getBytes(UTF_8)),
                client -> client.arrives(line)))
        .isEmpty();
  }

  @OnEachEngine
  void drainAfterAnOrderlyLossIsReportedUnlessThePeerHasEndedTls(CoroutineMode mode) {
    ClientHandler draining =
        (reader, writer) -> {
          byte[] ignored = reader.readAll();
          writer.drain();
        };
    assertThat(reports(mode, draining, ScriptedTransport::endsTls)).isEmpty();
    ClientHandler closing =
        (reader, writer) -> {
          writer.close();
          byte[] ignored = reader.readAll();
          writer.drain();
        };
    assertThat(reports(mode, closing, client -> client.isLost(null))).hasSize(1);
  }

  @OnEachEngine
  void readingFromAConnectionThatTheHandlerHasClosedIsItsMistake(CoroutineMode mode) {
    ClientHandler closing =
        (reader, writer) -> {
          writer.close();
          byte[] ignored = reader.readExactly(5);
        };
    assertThat(reports(mode, closing, client -> client.isLost(null))).hasSize(1);
  }

  @OnEachEngine
  void aHandlerThatFailsWithTheLossHasEndedWell(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<Task<?>> handlers = new ArrayList<>();
          serve(
              StreamOptions.defaults(),
              (reader, _) -> {
                handlers.add(Asyncio.currentTask().orElseThrow());
                byte[] ignored = reader.readLine();
              });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(() -> !handlers.isEmpty());
          client.isLost(new SocketException("Connection reset"));
          settle(loop);

          assertThat(handlers.getFirst().exception()).isEmpty();
        });
  }

  private static List<ErrorReport> reportsAfterLoss(CoroutineMode mode, Wrapping wrapping) {
    return reports(
        mode,
        (reader, _) -> {
          try {
            byte[] ignored = reader.readLine();
          } catch (IOException loss) {
            wrapping.raise(loss);
          }
        },
        client -> client.isLost(new SocketException("Connection reset")));
  }

  private interface Doing {
    void to(ScriptedTransport client);
  }

  private static List<ErrorReport> reports(CoroutineMode mode, ClientHandler handler, Doing peer) {
    List<ErrorReport> reports = new ArrayList<>();
    StreamLoop.with(
        mode,
        loop -> {
          serve(StreamOptions.defaults(), handler);
          ScriptedTransport client = loop.clientConnects();
          Awaiter.yieldOnce();
          Awaiter.yieldOnce();
          peer.to(client);
          settle(loop);
          assertThat(client.isClosing()).isTrue();
          reports.addAll(loop.takeReports());
        });
    return reports;
  }

  private static boolean failWhenCancelled(StreamWriter writer) throws IOException {
    try {
      Object ignored = Asyncio.runningLoop().createFuture().await();
      return writer.isClosing();
    } catch (CancelledError cancelled) {
      throw new IllegalStateException("mine");
    }
  }
}
