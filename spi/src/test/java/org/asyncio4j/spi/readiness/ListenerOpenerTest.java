package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerOpenerTest {

  private static final InetSocketAddress ADDRESS = ScriptedSocket.address("127.0.0.1", 80);

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void listensWithoutAccepting() throws IOException {
    SocketHandle handle = bind(true, false);

    assertThat(listener().calls).containsExactly("open INET", "bind " + ADDRESS + " 5", "listen 5");
    assertThat(listener().interests).isEmpty();
    assertThat(handle.isOpen()).isTrue();
    assertThat(handle.localAddress()).isEqualTo(ScriptedSocket.LOCAL);
    assertThat(handle.remoteAddress()).isEmpty();
  }

  @Test
  void setsTheOptionsThatAreAskedFor() throws IOException {
    bind(true, true);

    assertThat(listener().options)
        .containsEntry(StandardSocketOptions.SO_REUSEADDR, true)
        .containsEntry(StandardSocketOptions.SO_REUSEPORT, true);
  }

  @Test
  void setsNoOptionThatIsNotAskedFor() throws IOException {
    bind(false, false);

    assertThat(listener().options).isEmpty();
  }

  @Test
  void leavesNothingOpenWhenTheAddressCannotBeBound() {
    BindException taken = new BindException("Address already in use");
    scenario.driver.onOpenListener = listener -> listener.bindFailure = taken;

    assertThatThrownBy(() -> bind(true, false)).isSameAs(taken);

    assertThat(listener().closes).isEqualTo(1);
  }

  @Test
  void leavesNothingOpenWhenTheSystemRefusesToListen() {
    BindException taken = new BindException("Address already in use");
    scenario.driver.onOpenListener = listener -> listener.listenFailure = taken;

    assertThatThrownBy(() -> bind(true, false)).isSameAs(taken);

    assertThat(listener().closes).isEqualTo(1);
  }

  @Test
  void failsWhenNoSocketCanBeOpened() {
    IOException exhausted = new IOException("Too many open files");
    scenario.driver.openFailures.add(exhausted);

    assertThatThrownBy(() -> bind(true, false)).isSameAs(exhausted);
  }

  @Test
  void stoppingClosesTheListenerOnceEvenIfItWasNeverServed() throws IOException {
    SocketHandle handle = bind(true, false);

    scenario.loop.stopServing(handle);
    scenario.loop.stopServing(handle);
    handle.close();

    assertThat(handle.isOpen()).isFalse();
  }

  @Test
  void servesAListenerOnce() throws IOException {
    SocketHandle handle = bind(true, false);
    scenario.loop.startServing(request(handle));

    assertThatIllegalStateException()
        .isThrownBy(() -> scenario.loop.startServing(request(handle)))
        .withMessageContaining("served");
  }

  @Test
  void servesNoListenerThatIsClosed() throws IOException {
    SocketHandle handle = bind(true, false);
    scenario.loop.stopServing(handle);

    assertThatIllegalStateException()
        .isThrownBy(() -> scenario.loop.startServing(request(handle)))
        .withMessageContaining("closed");
  }

  @Test
  void aListenerThatTheSystemDoesNotLetListenStaysWithItsOwner() throws IOException {
    SocketHandle handle = bind(true, false);
    listener().listenFailure = new IOException("refused");

    assertThatThrownBy(() -> scenario.loop.startServing(request(handle)))
        .isSameAs(listener().listenFailure);

    assertThat(handle.isOpen()).isTrue();
    assertThat(listener().interests).isEmpty();
  }

  @Test
  void servesNothingThatItHasNotBound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scenario.loop.startServing(request(new ScriptedListener())))
        .withMessageContaining("bindSocket");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scenario.loop.stopServing(new ScriptedListener()));
  }

  @Test
  void aClosedLoopClosesItsListeners() throws IOException {
    bind(true, false);
    scenario.loop.startServing(request(bind(true, false)));

    scenario.loop.close();

    assertThat(scenario.driver.listeners).hasSize(2).allMatch(listener -> listener.closes == 1);
  }

  private static ServingRequest request(SocketHandle handle) {
    return new ServingRequest(handle, 5, socket -> {}, Context.empty());
  }

  private SocketHandle bind(boolean reuseAddress, boolean reusePort) throws IOException {
    return scenario.loop.bindSocket(
        new BindSocketRequest(ADDRESS, 5, reuseAddress, reusePort, false));
  }

  private ScriptedListener listener() {
    return scenario.driver.listeners.getLast();
  }
}
