package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;

/** A connection whose streams were forgotten is closed, and one that is still used is not. */
@HangGuard
class AbandonedStreamsTest {

  private static final int ENOUGH = 20;

  @OnEachEngine
  void forgottenStreamsAreClosedAndReportedOnce(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          forget(loop);
          ScriptedTransport transport = loop.transport();

          collectUntilReported(loop);

          assertThat(transport.calls).containsExactly("close");
          collectForAWhile();
          assertThat(loop.takeReports())
              .singleElement()
              .satisfies(report -> {
                assertThat(report.message())
                    .startsWith("unclosed connection: its streams were forgotten");
                assertThat(report.transport()).containsSame(transport);
                assertThat(report.createdAt()).isEmpty();
              });
        });
  }

  @OnEachEngine
  void debugModeShowsWhereTheyWereOpened(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          loop.setDebug(true);
          forget(loop);
          collectUntilReported(loop);

          assertThat(loop.takeReports())
              .singleElement()
              .satisfies(report ->
                  assertThat(report.createdAt().orElseThrow().getStackTrace())
                      .anyMatch(frame -> frame.getMethodName().equals("forget")));
        });
  }

  @OnEachEngine
  void eitherStreamKeepsTheConnection(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<Object> kept = new ArrayList<>();
          keep(loop, kept, true);
          ScriptedTransport ofReader = loop.transport();
          keep(loop, kept, false);
          ScriptedTransport ofWriter = loop.transport();

          collectForAWhile();

          assertThat(ofReader.isClosing()).isFalse();
          assertThat(ofWriter.isClosing()).isFalse();
          kept.clear();
          TestLoop.yieldUntil(() -> {
            System.gc();
            return ofReader.isClosing() && ofWriter.isClosing();
          });
          assertThat(loop.takeReports()).hasSize(2);
        });
  }

  /** Only the waiting method refers to the streams, and it does not need them. */
  @OnEachEngine
  void aWaitingTaskKeepsTheConnection(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          Task<byte[]> reading = loop.createTask(() -> open(loop).reader().readAll());
          Awaiter.yieldOnce();
          ScriptedTransport read = loop.transport();
          Task<Boolean> closing =
              loop.createTask(() -> {
                open(loop).writer().waitClosed();
                return true;
              });
          Awaiter.yieldOnce();
          ScriptedTransport waited = loop.transport();
          Task<Boolean> draining =
              loop.createTask(() -> {
                StreamConnection streams = open(loop);
                loop.transport().fills();
                streams.writer().drain();
                return true;
              });
          Awaiter.yieldOnce();
          ScriptedTransport drained = loop.transport();

          collectForAWhile();

          assertThat(List.of(read, waited, drained)).noneMatch(ScriptedTransport::isClosing);
          read.arrives("all");
          read.isLost(null);
          waited.isLost(null);
          drained.isLost(null);
          assertThat(reading.await()).asString(UTF_8).isEqualTo("all");
          assertThat(closing.await()).isTrue();
          assertThat(draining.await()).isTrue();
          collectForAWhile();
          assertThat(loop.hasReports()).isFalse();
        });
  }

  @OnEachEngine
  void endedConnectionsAreNotReported(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          forget(loop);
          loop.transport().isLost(new IOException("reset"));
          forgetClosed(loop);
          ScriptedTransport closed = loop.transport();

          collectForAWhile();

          assertThat(loop.hasReports()).isFalse();
          assertThat(closed.calls).containsExactly("close");
        });
  }

  @OnEachEngine
  void aConnectionWithAnotherProtocolNeedsNoStreams(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          forget(loop);
          loop.transport().setProtocol((Protocol) data -> {});

          collectForAWhile();

          assertThat(loop.transport().isClosing()).isFalse();
          assertThat(loop.hasReports()).isFalse();
        });
  }

  @OnEachEngine
  void aHandlerThatForgetsIsFoundOut(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          Asyncio.startServer((reader, writer) -> {}, "127.0.0.1", 0);
          ScriptedTransport client = loop.clientConnects();

          collectUntilReported(loop);

          assertThat(client.calls).containsExactly("close");
          assertThat(loop.takeReports()).hasSize(1);
        });
  }

  @OnEachEngine
  void aClosedLoopGetsNoReport(CoroutineMode mode) {
    try (StreamLoop loop = new StreamLoop(mode)) {
      loop.run(() -> {
        forget(loop);
        return true;
      });
      loop.close();
      for (int i = 0; i < ENOUGH; i++) {
        System.gc();
      }
      assertThat(loop.transport().calls).isEmpty();
    }
  }

  private static StreamConnection open(StreamLoop loop) throws IOException {
    return loop.connect(StreamOptions.defaults());
  }

  private static void forget(StreamLoop loop) throws IOException {
    assertThat(open(loop)).isNotNull();
  }

  private static void forgetClosed(StreamLoop loop) throws IOException {
    open(loop).close();
  }

  private static void keep(StreamLoop loop, List<Object> kept, boolean reader) throws IOException {
    StreamConnection streams = open(loop);
    kept.add(reader ? streams.reader() : streams.writer());
  }

  private static void collectUntilReported(TestLoop loop) {
    TestLoop.yieldUntil(() -> {
      System.gc();
      return loop.hasReports();
    });
  }

  /** There is no signal that a collector has found nothing. */
  private static void collectForAWhile() {
    for (int i = 0; i < ENOUGH; i++) {
      System.gc();
      Awaiter.yieldOnce();
    }
  }
}
