package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTransportTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void callsNoProtocolBeforeTheHookHasReturned() {
    Promise<Void> waiter = scenario.loop.createFuture();

    scenario.make(socket, protocol, waiter, null, Context.empty());

    assertThat(protocol.events).isEmpty();
    assertThat(waiter.isDone()).isFalse();
    assertThat(socket.interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void callsTheProtocolThenReadsThenCompletesTheWaiter() {
    List<String> order = new ArrayList<>();
    Promise<Void> waiter = scenario.loop.createFuture();
    protocol.on("made", () -> order.add("made, watching " + socket.interest()));
    scenario.make(socket, protocol, waiter, null, Context.empty());
    scenario.loop.callSoon(
        () -> order.add("watching " + socket.interest() + ", waiter " + waiter.isDone()));
    waiter.addDoneCallback(done -> order.add("waiter"));

    scenario.ticks(2);

    assertThat(order).containsExactly("made, watching 0", "watching 1, waiter true", "waiter");
  }

  @Test
  void leavesAWaiterAloneThatWasCancelled() {
    Promise<Void> waiter = scenario.loop.createFuture();
    scenario.make(socket, protocol, waiter, null, Context.empty());
    waiter.cancel();

    scenario.ticks(2);

    assertThat(waiter.isCancelled()).isTrue();
    assertThat(protocol.events).containsExactly("made");
  }

  @Test
  void completesTheWaiterAlthoughConnectionMadeHasThrown() {
    Promise<Void> waiter = scenario.loop.createFuture();
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.on(
        "made",
        () -> {
          throw thrown;
        });
    scenario.make(socket, protocol, waiter, null, Context.empty());

    scenario.tick();

    assertThat(scenario.takeReport().exception()).containsSame(thrown);
    assertThat(waiter.isDone()).isTrue();
    assertThat(socket.interest()).isEqualTo(Interest.READ);
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void doesNotDelaySmallWrites() {
    scenario.make(socket, protocol);

    assertThat(socket.options).containsEntry(StandardSocketOptions.TCP_NODELAY, true);
  }

  @Test
  void aSocketHasOneTransport() {
    scenario.open(socket, protocol);

    assertThatIllegalStateException()
        .isThrownBy(() -> scenario.make(socket, new RecordingProtocol()));

    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void takesNoSocketOfAnotherKind() {
    SocketHandle listener = new ScriptedListener();

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            scenario.loop.makeSocketTransport(
                new SocketTransportRequest(
                    listener, protocol, Optional.empty(), Optional.empty(), Context.empty())))
        .withMessageContaining("StreamSocket");
    scenario.make(socket, protocol).abort();
    scenario.ticks(2);
  }

  @Test
  void knowsItsSocketAndBothAddresses() {
    Transport transport = scenario.make(socket, protocol);

    assertThat(transport.extraInfo(ExtraInfo.SOCKNAME)).contains(ScriptedSocket.LOCAL);
    assertThat(transport.extraInfo(ExtraInfo.PEERNAME)).contains(ScriptedStream.PEER);
    assertThat(transport.extraInfo(new ExtraInfo<>("mine", String.class))).isEmpty();
    assertThat(transport.extraInfo(ExtraInfo.SOCKET))
        .hasValueSatisfying(view -> {
          assertThat(view).isNotInstanceOf(AutoCloseable.class);
          assertThat(view.localAddress()).isEqualTo(ScriptedSocket.LOCAL);
        });
  }

  @Test
  void ownerCountsTheTransportFromItsConstructionUntilItsSocketIsClosed() {
    List<String> counted = new ArrayList<>();
    TransportOwner owner =
        new TransportOwner() {
          @Override
          public void attach(Transport transport) {
            counted.add("attach");
          }

          @Override
          public void detach(Transport transport) {
            counted.add("detach, open: " + socket.isOpen() + ", calls: " + protocol.events);
          }
        };
    Transport transport = scenario.make(socket, protocol, null, owner, Context.empty());
    assertThat(counted).containsExactly("attach");

    transport.close();
    scenario.tick();

    assertThat(counted).containsExactly("attach", "detach, open: false, calls: [made, lost]");
  }

  @Test
  void callsTheProtocolInTheContextOfTheRequest() {
    ContextVar<String> variable = ContextVar.withDefault("variable", "other");
    Context context = Context.empty();
    context.run(() -> variable.set("mine"));
    List<String> seen = new ArrayList<>();
    for (String event : List.of("made", "data x", "eof", "pause", "resume", "lost")) {
      protocol.on(event, () -> seen.add(event + " " + variable.get()));
    }
    protocol.keepsOpen = true;
    Transport transport = scenario.make(socket, protocol, null, null, context);
    scenario.tick();
    socket.arrives("x");
    socket.ends();
    scenario.ticks(2);
    socket.room = 0;
    transport.write(new byte[100_000]);
    socket.room = 100_000;
    scenario.tick();
    transport.close();
    scenario.tick();

    assertThat(seen)
        .containsExactly(
            "made mine", "data x mine", "eof mine", "pause mine", "resume mine", "lost mine");
  }

  @Test
  void closingStopsReadingAndLosesTheConnectionInTheNextTick() {
    Transport transport = scenario.open(socket, protocol);
    socket.arrives("late");

    transport.close();
    assertThat(transport.isClosing()).isTrue();
    assertThat(transport.isReading()).isFalse();
    assertThat(protocol.events).containsExactly("made");
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.closes).isEqualTo(1);
    assertThat(socket.calls).doesNotContain("read");
  }

  @Test
  void closingFirstWritesBufferedData() {
    Transport transport = scenario.open(socket, protocol);
    socket.room = 2;
    transport.write("abcd".getBytes(UTF_8));
    transport.close();
    assertThat(socket.interest()).isEqualTo(Interest.WRITE);
    socket.arrives("late");

    scenario.ticks(2);
    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.interest()).isEqualTo(Interest.WRITE);
    socket.room = 2;
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("abcd");
    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void abortingDropsBufferedData() {
    Transport transport = scenario.open(socket, protocol);
    socket.room = 2;
    transport.write("abcd".getBytes(UTF_8));

    transport.abort();
    assertThat(transport.isClosing()).isTrue();
    assertThat(transport.writeBufferSize()).isZero();
    socket.room = 100;
    scenario.ticks(2);

    assertThat(socket.sent()).isEqualTo("ab");
    assertThat(protocol.events).containsExactly("made", "lost");
  }

  @Test
  void aConnectionIsLostOnceHoweverOftenItIsEnded() {
    Transport transport = scenario.open(socket, protocol);
    socket.room = 0;
    transport.write("abcd".getBytes(UTF_8));
    protocol.on("lost", transport::abort);

    transport.close();
    transport.close();
    transport.abort();
    transport.abort();
    transport.close();
    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void anAbortedTransportCallsConnectionMadeFirst() {
    Transport transport = scenario.make(socket, protocol);

    transport.abort();
    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.interests).isEmpty();
  }

  @Test
  void closingInConnectionMadeStartsNoReading() {
    Promise<Void> waiter = scenario.loop.createFuture();
    protocol.on("made", () -> protocol.transport.close());
    scenario.make(socket, protocol, waiter, null, Context.empty());

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(waiter.isDone()).isTrue();
    assertThat(socket.interests).isEmpty();
  }

  @Test
  void aSocketThatCannotBeWatchedIsALostConnection() {
    IOException refused = new IOException("no watches left");
    scenario.driver.registerFailures.add(refused);

    scenario.open(socket, protocol);
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(refused);
  }

  @Test
  void cleansUpAlthoughConnectionLostHasThrown() {
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.on(
        "lost",
        () -> {
          throw thrown;
        });
    Transport transport = scenario.open(socket, protocol);

    transport.close();
    scenario.tick();

    assertThat(scenario.takeReport().exception()).containsSame(thrown);
    assertThat(socket.closes).isEqualTo(1);
    assertThat(socket.interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void takesNoProtocolOfAnotherKind() {
    Transport transport = scenario.open(socket, protocol);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.setProtocol(new BaseProtocol() {}))
        .withMessageContaining("BufferedProtocol");

    assertThat(transport.protocol()).isSameAs(protocol);
  }

  @Test
  void aClosedLoopClosesTheSocketAndCallsNoProtocol() {
    Transport transport = scenario.open(socket, protocol);
    socket.room = 0;
    transport.write("abcd".getBytes(UTF_8));

    scenario.loop.close();
    assertThat(socket.closes).isEqualTo(1);
    transport.write("more".getBytes(UTF_8));
    transport.close();
    transport.abort();

    assertThat(protocol.events).containsExactly("made");
    assertThat(transport.isClosing()).isTrue();
  }
}
