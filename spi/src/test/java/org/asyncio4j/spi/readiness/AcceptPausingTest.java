package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that pauses its listeners and resumes them. */
class AcceptPausingTest {

  private static final int BACKLOG = 3;

  private final Scenario scenario = new Scenario();
  private final List<SocketHandle> accepted = new ArrayList<>();
  private SocketHandle handle;
  private ScriptedListener listener;
  private boolean pausing;

  @BeforeEach
  void serve() throws IOException {
    handle =
        scenario.loop.bindSocket(
            new BindSocketRequest(
                ScriptedSocket.address("127.0.0.1", 0), BACKLOG, true, false, false));
    listener = scenario.driver.listeners.getLast();
    scenario.loop.startServing(new ServingRequest(handle, BACKLOG, this::accept, Context.empty()));
  }

  @AfterEach
  void closeLoop() {
    scenario.close();
    assertThat(scenario.driver.changesAfterCancel).isZero();
  }

  @Test
  void aPauseEndsTheBatch() {
    pausing = true;
    comes(3);

    scenario.ticks(3);

    assertThat(accepted).hasSize(1);
    assertThat(listener.waiting()).isEqualTo(2);
    assertThat(listener.interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void aPauseTakesBackAnAcceptThatIsQueued() {
    comes(1);
    scenario.loop.callSoon(() -> scenario.loop.pauseServing(handle));
    scenario.ticks(3);

    assertThat(accepted).isEmpty();
    assertThat(listener.calls).doesNotContain("accept");
  }

  @Test
  void waitingConnectionsAreAcceptedAfterThePause() {
    pausing = true;
    comes(3);
    scenario.ticks(2);
    scenario.loop.resumeServing(handle);
    scenario.ticks(2);
    assertThat(accepted).hasSize(2);

    pausing = false;
    scenario.loop.resumeServing(handle);
    scenario.ticks(2);

    assertThat(accepted).hasSize(3);
    assertThat(listener.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void aServerThatResumesDoesNotEndThePauseOfAnExhaustedSystem() {
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    comes(1);
    scenario.tick();
    scenario.takeReport();
    scenario.loop.pauseServing(handle);
    scenario.loop.resumeServing(handle);
    scenario.ticks(2);
    assertThat(listener.interest()).isEqualTo(Interest.NONE);

    listener.acceptFailure = null;
    scenario.clock.addAndGet(Duration.ofSeconds(1).toNanos());
    scenario.ticks(2);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void anExhaustedSystemThatRecoversDoesNotEndThePauseOfTheServer() {
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    comes(1);
    scenario.tick();
    scenario.takeReport();
    scenario.loop.pauseServing(handle);
    listener.acceptFailure = null;
    scenario.clock.addAndGet(Duration.ofSeconds(1).toNanos());
    scenario.ticks(2);
    assertThat(accepted).isEmpty();

    scenario.loop.resumeServing(handle);
    scenario.ticks(2);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void aStoppedListenerIsNeitherPausedNorResumed() {
    scenario.loop.pauseServing(handle);
    scenario.loop.stopServing(handle);
    scenario.loop.resumeServing(handle);
    scenario.loop.pauseServing(handle);
    scenario.ticks(2);

    assertThat(listener.closes).isEqualTo(1);
  }

  private void accept(SocketHandle socket) {
    accepted.add(socket);
    if (pausing) {
      scenario.loop.pauseServing(handle);
    }
  }

  private void comes(int count) {
    for (int i = 0; i < count; i++) {
      ScriptedStream ignored = listener.comes();
    }
  }
}
