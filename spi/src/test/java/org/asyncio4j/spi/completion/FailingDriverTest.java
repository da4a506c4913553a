package org.asyncio4j.spi.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fate of sockets whose driver fails. */
class FailingDriverTest {

  private final ScriptedPort port = new ScriptedPort();
  private final ScriptedOperations operations = new ScriptedOperations();
  private final ScriptedSocket socket = new ScriptedSocket(port, operations);
  private final Listener listener = new Listener();
  private final Sockets sockets = new Sockets();
  private final List<ErrorReport> reports = new ArrayList<>();
  private final Protocol silent = data -> {};
  private final CompletionEventLoop loop =
      new CompletionEventLoop(
          LoopContext.defaults(), "scripted", port, sockets, EnumSet.allOf(Capability.class));

  FailingDriverTest() {
    port.serves(loop);
    loop.setExceptionHandler((source, report) -> reports.add(report));
  }

  @AfterEach
  void closeLoop() {
    loop.close();
    assertThat(reports).isEmpty();
  }

  @Test
  void aConnectThatThrowsClosesTheSocket() {
    socket.refusal = new UnsupportedAddressTypeException();

    assertThatThrownBy(() -> connect(Optional.empty())).isSameAs(socket.refusal);

    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aBindThatThrowsClosesTheSocket() {
    socket.refusal = new UnsupportedAddressTypeException();

    assertThatThrownBy(() -> connect(Optional.of(ScriptedSocket.LOCAL))).isSameAs(socket.refusal);

    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aListenerKnowsItsAddressAfterItWasClosed() throws IOException {
    SocketHandle bound = serve(accepted -> {});

    loop.stopServing(bound);

    assertThat(bound.localAddress()).isEqualTo(ScriptedSocket.LOCAL);
    assertThat(bound).hasToString("listener " + ScriptedSocket.LOCAL);
  }

  @Test
  void aServerContinuesIfTheSystemHasNoKeepAlive() throws IOException {
    socket.optionRefusal = new UnsupportedOperationException("SO_KEEPALIVE");
    List<SocketHandle> accepted = new ArrayList<>();
    SocketHandle ignored = serve(accepted::add);

    listener.comes(socket);
    ticks(2);

    assertThat(accepted).containsExactly(socket);
    assertThat(listener.accepting).isNotNull();
  }

  @Test
  void anExhaustedServerThatIsResumedStillWaits() throws IOException {
    SocketHandle bound = serve(ignored -> {});
    loop.setExceptionHandler((source, report) -> {
      loop.pauseServing(bound);
      loop.resumeServing(bound);
    });

    listener.fails(new ResourcesExhaustedException("Too many open files"));
    ticks(2);

    assertThat(listener.accepting).isNull();
  }

  @Test
  void anExhaustedServerThatIsClosedTriesNoMore() throws IOException {
    SocketHandle bound = serve(ignored -> {});
    loop.setExceptionHandler((source, report) -> loop.stopServing(bound));

    listener.fails(new ResourcesExhaustedException("Too many open files"));
    ticks(2);

    assertThat(loop.statistics().timers()).isZero();
    assertThat(listener.closed).isTrue();
  }

  @Test
  void aConnectionWithoutMemoryToReadIntoIsLost() {
    sockets.exhausted = new OutOfMemoryError("no direct memory");
    List<Throwable> reasons = new ArrayList<>();
    Protocol protocol =
        new Protocol() {
          @Override
          public void dataReceived(ByteBuffer data) {}

          @Override
          public void connectionLost(Throwable reason) {
            reasons.add(reason);
          }
        };

    Transport transport = open(protocol);
    ticks(3);

    assertThat(transport.isClosing()).isTrue();
    assertThat(reasons)
        .singleElement()
        .isInstanceOfSatisfying(
            IOException.class, reason -> assertThat(reason).hasCause(sockets.exhausted));
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseDriverThrowsWhenItReadsIsLost() {
    Transport transport = open(silent);
    ticks(3);
    socket.defect = new RejectedExecutionException("no thread");

    socket.completeRead(new byte[1]);
    ticks(3);

    assertThat(transport.isClosing()).isTrue();
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseDriverThrowsWhenItWritesIsLost() {
    Transport transport = open(silent);
    ticks(3);
    socket.defect = new RejectedExecutionException("no thread");

    transport.write(new byte[1]);
    ticks(3);

    assertThat(transport.isClosing()).isTrue();
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseDriverThrowsWhenItWritesInAPollIsLost() {
    Transport transport = open(silent);
    ticks(3);
    transport.write(new byte[2]);
    socket.defect = new RejectedExecutionException("no thread");

    socket.completeWrite(1);
    ticks(3);

    assertThat(transport.isClosing()).isTrue();
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aServerWhoseDriverThrowsReportsItAndTriesAgain() throws IOException {
    List<Throwable> reported = new ArrayList<>();
    loop.setExceptionHandler((source, report) -> reported.add(report.exception().orElseThrow()));
    SocketHandle ignored = serve(accepted -> {});
    listener.defect = new RejectedExecutionException("no thread");

    listener.comes(socket);
    ticks(3);

    assertThat(reported)
        .singleElement()
        .satisfies(reason -> assertThat(reason).hasCause(listener.defect));
    assertThat(loop.statistics().timers()).isEqualTo(1);
  }

  @Test
  void theByteOrderSetByAProtocolEndsWithTheCall() {
    List<ByteOrder> orders = new ArrayList<>();
    Protocol protocol =
        data -> {
          orders.add(data.order());
          data.order(ByteOrder.LITTLE_ENDIAN);
        };
    Transport ignored = open(protocol);
    ticks(2);

    for (int i = 0; i < 2; i++) {
      socket.completeRead(new byte[4]);
      ticks(3);
    }

    assertThat(orders).containsExactly(ByteOrder.BIG_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  private SocketHandle serve(Consumer<SocketHandle> receiver) throws IOException {
    SocketHandle bound =
        loop.bindSocket(new BindSocketRequest(ScriptedSocket.LOCAL, 1, false, false, true));
    loop.startServing(new ServingRequest(bound, 1, receiver, Context.empty()));
    return bound;
  }

  private void connect(Optional<SocketAddress> local) {
    var _ = loop.connectSocket(new ConnectSocketRequest(ScriptedSocket.PEER, local));
  }

  private Transport open(StreamProtocol protocol) {
    return loop.makeSocketTransport(
        new SocketTransportRequest(
            socket, protocol, Optional.empty(), Optional.empty(), Context.empty()));
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      loop.callSoon(loop::stop);
      loop.runForever();
    }
  }

  private final class Sockets implements CompletionSockets {

    private Error exhausted;

    @Override
    public CompletionSocket openStream(ProtocolFamily family) {
      return socket;
    }

    @Override
    public CompletionListener openListener(ProtocolFamily family) {
      return listener;
    }

    @Override
    public ByteBuffer allocateBuffer(int bytes) {
      if (exhausted != null) {
        throw exhausted;
      }
      return operations.allocate(bytes);
    }
  }

  private final class Listener implements CompletionListener {

    private AcceptCompletion accepting;
    private RuntimeException defect;
    private boolean closed;

    void comes(CompletionSocket connected) {
      AcceptCompletion ended = accepting;
      accepting = null;
      port.report(() -> ended.accepted(connected));
    }

    void fails(IOException failure) {
      AcceptCompletion ended = accepting;
      accepting = null;
      port.report(() -> ended.failed(failure));
    }

    @Override
    public void bind(SocketAddress local, int backlog) {}

    @Override
    public void accept(AcceptCompletion completion) {
      if (defect != null) {
        throw defect;
      }
      accepting = completion;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public SocketAddress localAddress() {
      if (closed) {
        throw new IllegalStateException("a closed socket has no address");
      }
      return ScriptedSocket.LOCAL;
    }

    @Override
    public <T> T option(SocketOption<T> option) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) {}
  }
}
