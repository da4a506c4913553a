package org.asyncio4j.spi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.stream.StreamLoop.serve;
import static org.asyncio4j.spi.stream.StreamLoop.settle;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamWriter;

/** What becomes of a handler whose client is gone. */
@HangGuard
class CancelOnDisconnectTest {
  private static final StreamOptions CANCELLING =
      StreamOptions.defaults().withCancelOnDisconnect(true);

  @OnEachEngine
  void aHandlerIsCancelledWhenItsClientIsGone(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<String> ends = new ArrayList<>();
          serve(CANCELLING, (_, _) -> waitFor(ends));
          ScriptedTransport reset = loop.clientConnects();
          ScriptedTransport closed = loop.clientConnects();
          ScriptedTransport ended = loop.clientConnects();
          Awaiter.yieldOnce();
          Awaiter.yieldOnce();

          ended.ends();
          reset.isLost(new SocketException("Connection reset"));
          closed.isLost(null);
          TestLoop.yieldUntil(() -> ends.size() == 2);
          Awaiter.yieldOnce();

          assertThat(ends)
              .containsExactly("the client has disconnected", "the client has disconnected");
          assertThat(loop.takeReports()).isEmpty();
          ended.isLost(null);
          settle(loop);
        });
  }

  @OnEachEngine
  void aHandlerThatHasClosedItsWriterOrHasReturnedIsLeftAlone(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<String> ends = new ArrayList<>();
          List<StreamWriter> kept = new ArrayList<>();
          serve(
              CANCELLING,
              (_, writer) -> {
                writer.close();
                writer.waitClosed();
                Awaiter.yieldOnce();
                ends.add("went on");
              });
          ScriptedTransport closing = loop.clientConnects();
          TestLoop.yieldUntil(closing::isClosing);
          closing.isLost(null);
          TestLoop.yieldUntil(() -> !ends.isEmpty());
          serve(CANCELLING, (_, writer) -> kept.add(writer));
          ScriptedTransport left = loop.clientConnects();
          settle(loop);
          left.isLost(new SocketException("Connection reset"));
          Awaiter.yieldOnce();

          assertThat(ends).containsExactly("went on");
          assertThat(kept).hasSize(1);
          assertThat(loop.takeReports()).isEmpty();
        });
  }

  @OnEachEngine
  void withoutTheOptionAHandlerGoesOn(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<String> ends = new ArrayList<>();
          serve(
              StreamOptions.defaults(),
              (_, writer) -> {
                while (!writer.isClosing()) {
                  Awaiter.yieldOnce();
                }
                Awaiter.yieldOnce();
                ends.add("went on");
              });
          ScriptedTransport client = loop.clientConnects();
          Awaiter.yieldOnce();
          client.isLost(new SocketException("Connection reset"));
          client.close();
          TestLoop.yieldUntil(() -> !ends.isEmpty());
          settle(loop);
        });
  }

  private static void waitFor(List<String> ends) {
    try {
      Object ignored = Asyncio.runningLoop().createFuture().await();
    } catch (CancelledError cancelled) {
      ends.add(cancelled.getMessage());
      throw cancelled;
    }
  }
}
