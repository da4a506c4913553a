package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.StandardProtocolFamily;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a loop keeps of the objects that callbacks watch. */
@HangGuard
class WatchersTest {

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void aSocketThatIsClosedWhileItIsWatchedIsNotKept() throws IOException {
    WeakReference<AsyncSocket> closed = closedWhileWatched();

    while (!closed.refersTo(null)) {
      System.gc();
    }

    assertThat(scenario.driver.streams).allMatch(stream -> !stream.isOpen());
  }

  private WeakReference<AsyncSocket> closedWhileWatched() throws IOException {
    AsyncSocket socket = scenario.loop.openSocket(StandardProtocolFamily.INET);
    var _ = scenario.loop.addReader(new Watchable.OfSocket(socket), () -> {});
    var _ = scenario.loop.addWriter(new Watchable.OfSocket(socket), () -> {});
    socket.close();
    return new WeakReference<>(socket);
  }
}
