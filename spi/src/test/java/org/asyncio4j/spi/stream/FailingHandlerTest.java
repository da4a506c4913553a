package org.asyncio4j.spi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.stream.StreamLoop.serve;
import static org.asyncio4j.spi.stream.StreamLoop.settle;

import java.io.IOException;
import java.net.SocketException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.StreamOptions;

/** A handler that fails in the tick before its connection is lost. */
@HangGuard
class FailingHandlerTest {

  private static final StreamOptions CANCELLING =
      StreamOptions.defaults().withCancelOnDisconnect(true);

  @OnEachEngine
  void aHandlerThatFailsAsItsClientGoesIsReported(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          serve(
              CANCELLING,
              (_, writer) -> {
                writer.transport().abort();
                throw new IllegalStateException("mine");
              });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(client::isClosing);
          client.isLost(null);
          settle(loop);

          assertThat(loop.takeReports())
              .singleElement()
              .satisfies(report -> assertThat(report.exception().orElseThrow()).hasMessage("mine"));
        });
  }

  @OnEachEngine
  void aHandlerThatFailsAsItsClientIsResetIsNotReported(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          SocketException reset = new SocketException("Connection reset");
          serve(
              CANCELLING,
              (_, writer) -> {
                writer.transport().abort();
                throw new IOException("on the way", reset);
              });
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(client::isClosing);
          client.isLost(reset);
          settle(loop);

          assertThat(loop.takeReports()).isEmpty();
        });
  }
}
