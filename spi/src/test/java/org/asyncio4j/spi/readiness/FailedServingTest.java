package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that cannot accept on all of their listeners at first. */
class FailedServingTest {

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void aServerThatCouldNotStartCanBeStartedLater() throws IOException {
    try (Server server = create("127.0.0.1")) {
      scenario.driver.registerFailures.add(new IOException("too many are watched"));
      assertThatIOException().isThrownBy(server::startServing);
      assertThat(server.isServing()).isFalse();

      server.startServing();

      assertThat(server.isServing()).isTrue();
      assertThat(scenario.driver.listeners).allMatch(FailedServingTest::accepts);
    }
  }

  @Test
  void theNextStartServesTheListenersThatAreLeft() throws IOException {
    try (Server server = create("127.0.0.1", "127.0.0.2")) {
      ScriptedListener second = scenario.driver.listeners.getLast();
      second.listenFailure = new IOException("no buffer space");
      assertThatIOException().isThrownBy(server::startServing);
      second.listenFailure = null;

      server.startServing();

      assertThat(scenario.driver.listeners).hasSize(2).allMatch(FailedServingTest::accepts);
    }
  }

  private Server create(String... hosts) {
    ServerOptions options =
        ServerOptions.on(hosts[0], 0).withHosts(List.of(hosts)).withStartServing(false);
    return scenario.loop.runUntilComplete(
        scenario.loop.createTask(
            () -> scenario.loop.createServer(RecordingProtocol::new, options)));
  }

  private static boolean accepts(ScriptedListener listener) {
    return listener.interest() == Interest.READ;
  }
}
