package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.bind.Acceptor;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptLoopTest {

  private static final int BACKLOG = 3;

  private final Scenario scenario = new Scenario();
  private final List<SocketHandle> accepted = new ArrayList<>();

  @AfterEach
  void closeLoop() {
    scenario.close();
    assertThat(accepted).allMatch(handle -> ((ScriptedStream) handle).closes == 1);
    assertThat(scenario.driver.changesAfterCancel)
        .as("timers that outlive their listener")
        .isZero();
  }

  @Test
  void passesOnAcceptedConnections() throws IOException {
    ScriptedListener listener = serve();
    ScriptedStream first = listener.comes();
    ScriptedStream second = listener.comes();

    scenario.tick();

    assertThat(accepted).containsExactly(first, second);
    assertThat(listener.calls).contains("listen 3");
    assertThat(listener.interests).containsExactly(Interest.READ);
  }

  @Test
  void acceptsOneMoreThanTheBacklogAtOnceAndTheRestLater() throws IOException {
    ScriptedListener listener = serve();
    for (int i = 0; i < 2 * BACKLOG; i++) {
      listener.comes();
    }

    scenario.tick();
    assertThat(accepted).hasSize(BACKLOG + 1);
    scenario.tick();

    assertThat(accepted).hasSize(2 * BACKLOG);
  }

  @Test
  void callsItsReceiverInTheContextOfTheRequest() throws IOException {
    ContextVar<String> variable = ContextVar.withDefault("variable", "other");
    Context context = Context.empty();
    context.run(() -> variable.set("mine"));
    List<String> seen = new ArrayList<>();
    SocketHandle handle = bind(false);
    scenario.loop.startServing(
        new ServingRequest(
            handle,
            BACKLOG,
            socket -> {
              accepted.add(socket);
              seen.add(variable.get());
            },
            context));
    scenario.driver.listeners.getLast().comes();

    scenario.tick();

    assertThat(seen).containsExactly("mine");
  }

  @Test
  void skipsAConnectionThatWasAborted() throws IOException {
    ScriptedListener listener = serve();
    listener.comes(new ConnectionAbortedException("aborted"));
    ScriptedStream second = listener.comes();

    scenario.tick();

    assertThat(accepted).containsExactly(second);
  }

  @Test
  void pausesWhenTheSystemIsExhaustedAfterOneReport() throws IOException {
    ScriptedListener listener = serve();
    ResourcesExhaustedException exhausted = new ResourcesExhaustedException("Too many open files");
    listener.acceptFailure = exhausted;
    listener.comes();

    scenario.ticks(5);

    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).isEqualTo("socket.accept() out of system resource");
    assertThat(report.exception()).containsSame(exhausted);
    assertThat(report.address()).contains(ScriptedSocket.LOCAL);
    assertThat(listener.calls.stream().filter("accept"::equals)).hasSize(1);
    assertThat(listener.interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void resumesAfterASecond() throws IOException {
    ScriptedListener listener = serve();
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    ScriptedStream waiting = listener.comes();
    scenario.tick();
    scenario.takeReport();
    listener.acceptFailure = null;

    scenario.clock.addAndGet(Duration.ofMillis(999).toNanos());
    scenario.ticks(2);
    assertThat(accepted).isEmpty();
    scenario.clock.addAndGet(Duration.ofMillis(1).toNanos());
    scenario.ticks(2);

    assertThat(accepted).containsExactly(waiting);
  }

  @Test
  void reportsThatTheSystemIsExhaustedAgainOnlyAfterAConnection() throws IOException {
    ScriptedListener listener = serve();
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    ScriptedStream waiting = listener.comes();
    scenario.tick();
    scenario.takeReport();
    for (int second = 0; second < 3; second++) {
      scenario.clock.addAndGet(Acceptor.PAUSE.toNanos());
      scenario.ticks(2);
    }
    assertThat(listener.calls.stream().filter("accept"::equals)).hasSize(4);

    listener.acceptFailure = null;
    scenario.clock.addAndGet(Acceptor.PAUSE.toNanos());
    scenario.ticks(2);
    assertThat(accepted).containsExactly(waiting);
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    listener.comes();
    scenario.ticks(2);

    assertThat(scenario.takeReport().message()).contains("out of system resource");
  }

  @Test
  void staysStoppedWhenItIsStoppedDuringThePause() throws IOException {
    SocketHandle handle = bind(false);
    ScriptedListener listener = serve(handle);
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    listener.comes();
    scenario.tick();
    scenario.takeReport();

    scenario.loop.stopServing(handle);
    scenario.clock.addAndGet(Duration.ofSeconds(2).toNanos());
    scenario.ticks(3);

    assertThat(listener.closes).isEqualTo(1);
    assertThat(listener.calls.stream().filter("accept"::equals)).hasSize(1);
  }

  @Test
  void staysStoppedWhenTheExceptionHandlerStopsIt() throws IOException {
    SocketHandle handle = bind(false);
    ScriptedListener listener = serve(handle);
    listener.acceptFailure = new ResourcesExhaustedException("Too many open files");
    listener.comes();
    scenario.loop.setExceptionHandler((loop, report) -> scenario.loop.stopServing(handle));

    scenario.tick();
    scenario.clock.addAndGet(Duration.ofSeconds(2).toNanos());
    scenario.ticks(3);

    assertThat(listener.closes).isEqualTo(1);
    assertThat(listener.calls.stream().filter("accept"::equals)).hasSize(1);
  }

  @Test
  void reportsOtherErrorsAndKeepsListening() throws IOException {
    ScriptedListener listener = serve();
    IOException failure = new IOException("odd");
    listener.comes(failure);
    ScriptedStream second = listener.comes();

    scenario.ticks(2);

    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).isEqualTo("socket.accept() failed");
    assertThat(report.exception()).containsSame(failure);
    assertThat(accepted).containsExactly(second);
  }

  @Test
  void acceptsNoMoreOnceItIsStoppedByItsReceiver() throws IOException {
    SocketHandle handle = bind(false);
    ScriptedListener listener = scenario.driver.listeners.getLast();
    scenario.loop.startServing(
        new ServingRequest(
            handle,
            BACKLOG,
            socket -> {
              accepted.add(socket);
              scenario.loop.stopServing(handle);
            },
            Context.empty()));
    listener.comes();
    listener.comes();

    scenario.ticks(2);

    assertThat(accepted).hasSize(1);
    assertThat(listener.waiting()).isEqualTo(1);
    assertThat(listener.closes).isEqualTo(1);
  }

  @Test
  void stoppingTakesBackAnAcceptThatIsQueued() throws IOException {
    SocketHandle firstHandle = bind(false);
    ScriptedListener first = scenario.driver.listeners.getLast();
    SocketHandle secondHandle = bind(false);
    ScriptedListener second = scenario.driver.listeners.getLast();
    scenario.loop.startServing(
        new ServingRequest(
            firstHandle,
            BACKLOG,
            socket -> {
              accepted.add(socket);
              scenario.loop.stopServing(secondHandle);
            },
            Context.empty()));
    serve(secondHandle);
    first.comes();
    second.comes();

    scenario.ticks(2);

    assertThat(accepted).hasSize(1);
    assertThat(second.calls).doesNotContain("accept");
  }

  @Test
  void acceptedConnectionsSendProbesIfAsked() throws IOException {
    ScriptedListener listener = serve(bind(true));
    ScriptedStream socket = listener.comes();

    scenario.tick();

    assertThat(socket.options).containsEntry(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  @Test
  void connectionsWithoutKeepAliveSupportAreStillAccepted() throws IOException {
    ScriptedListener listener = serve(bind(true));
    ScriptedStream socket = listener.comes();
    socket.optionRefusal = new UnsupportedOperationException("SO_KEEPALIVE");

    scenario.tick();

    assertThat(accepted).containsExactly(socket);
  }

  @Test
  void acceptedConnectionsSendNoProbesUnlessAsked() throws IOException {
    ScriptedListener listener = serve();
    ScriptedStream socket = listener.comes();

    scenario.tick();

    assertThat(socket.options).isEmpty();
  }

  @Test
  void aListenerThatCannotBeWatchedIsNotServed() throws IOException {
    SocketHandle handle = bind(false);
    IOException refused = new IOException("no watches left");
    scenario.driver.registerFailures.add(refused);

    assertThatThrownBy(() -> serve(handle)).isSameAs(refused);

    assertThat(handle.isOpen()).isTrue();
  }

  private ScriptedListener serve() throws IOException {
    return serve(bind(false));
  }

  private ScriptedListener serve(SocketHandle handle) throws IOException {
    scenario.loop.startServing(new ServingRequest(handle, BACKLOG, accepted::add, Context.empty()));
    return scenario.driver.listeners.getLast();
  }

  private SocketHandle bind(boolean keepAlive) throws IOException {
    return scenario.loop.bindSocket(
        new BindSocketRequest(
            ScriptedSocket.address("127.0.0.1", 0), BACKLOG, true, false, keepAlive));
  }
}
