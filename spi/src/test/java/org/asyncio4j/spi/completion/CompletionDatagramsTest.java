package org.asyncio4j.spi.completion;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.transport.DatagramEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams over operations that end late, never, or after their endpoint. */
class CompletionDatagramsTest {

  private static final SocketAddress PEER = ScriptedSocket.PEER;

  private final ScriptedPort port = new ScriptedPort();
  private final DatagramSocket socket = new DatagramSocket();
  private final List<ByteBuffer> allocated = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final List<ErrorReport> reports = new ArrayList<>();
  private Error exhausted;
  private final CompletionEventLoop loop =
      new CompletionEventLoop(
          LoopContext.defaults(), "scripted", port, new Sockets(), EnumSet.allOf(Capability.class));
  private DatagramTransport transport;

  @BeforeEach
  void open() throws IOException {
    port.serves(loop);
    loop.setExceptionHandler((source, report) -> reports.add(report));
    SocketHandle opened =
        loop.openDatagram(
            new OpenDatagramRequest(StandardProtocolFamily.INET, Optional.empty(), false, false));
    transport =
        loop.makeDatagramTransport(
            new DatagramTransportRequest(
                opened,
                new Recording(),
                Optional.empty(),
                Optional.empty(),
                Context.empty(),
                () -> {}));
    settle();
  }

  @AfterEach
  void closeLoop() {
    loop.close();
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void receivesOneDatagramAfterTheOther() {
    socket.arrive("one");
    settle();
    socket.arrive("");
    settle();

    assertThat(heard).containsExactly("made", "one", "");
    assertThat(allocated).hasSize(1);
    assertThat(allocated.getFirst().capacity()).isEqualTo(DatagramEvents.LONGEST_BYTES);
  }

  @Test
  void keepsADatagramThatArrivesWhileReadingIsPaused() {
    transport.pauseReading();
    socket.arrive("late");
    settle();
    assertThat(heard).containsExactly("made");

    transport.resumeReading();
    settle();

    assertThat(heard).containsExactly("made", "late");
    assertThat(socket.receiving).isNotNull();
  }

  @Test
  void takesAnErrorForThatOfOneDatagram() {
    ReceiveCompletion ended = socket.endReceive();
    port.report(() -> ended.failed(new IOException("unreachable")));
    settle();
    socket.arrive("next");
    settle();

    assertThat(heard).containsExactly("made", "error unreachable", "next");
  }

  @Test
  void dropsADatagramThatFillsTheBuffer() {
    ReceiveCompletion ended = socket.endReceive();
    port.report(() -> ended.received(DatagramEvents.LONGEST_BYTES, PEER));
    settle();

    assertThat(heard).hasSize(2).last().asString().startsWith("error cannot receive a datagram");
  }

  @Test
  void aReceiveThatEndsAfterTheEndpointIsForgotten() {
    transport.abort();
    settle();
    socket.arrive("too late");
    settle();

    assertThat(heard).containsExactly("made", "lost");
    assertThat(socket.receiving).isNull();
  }

  @Test
  void refusesASecondOutcomeOfOneReceive() {
    ReceiveCompletion ended = socket.endReceive();
    ended.received(0, PEER);

    assertThatIllegalStateException()
        .isThrownBy(() -> ended.received(0, PEER))
        .withMessageContaining("complete each one once");
  }

  @Test
  void sendsOneDatagramAtATimeFromMemoryOfTheLoop() {
    ByteBuffer mine = ByteBuffer.wrap("one".getBytes(US_ASCII));
    transport.sendTo(mine, PEER);
    mine.put(0, (byte) 'X');
    transport.sendTo(ByteBuffer.wrap("two".getBytes(US_ASCII)), PEER);
    assertThat(socket.sent).containsExactly("one");
    assertThat(allocated).anyMatch(buffer -> buffer == socket.source);

    socket.take();
    settle();
    socket.take();
    settle();

    assertThat(socket.sent).containsExactly("one", "two");
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void startsTheNextSendInThePollThatReportsTheLast() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    transport.sendTo(ByteBuffer.wrap("two".getBytes(US_ASCII)), PEER);

    socket.endSend().completed(3);

    assertThat(socket.sent).containsExactly("one", "two");
  }

  @Test
  void startsTheNextSendInThePollThatReportsARefusal() {
    for (String text : List.of("one", "two", "three")) {
      transport.sendTo(ByteBuffer.wrap(text.getBytes(US_ASCII)), PEER);
    }

    socket.endSend().failed(new IOException("first"));
    socket.endSend().failed(new IOException("second"));
    assertThat(socket.sent).containsExactly("one", "two", "three");
    assertThat(heard).containsExactly("made");
    settle();

    assertThat(heard).containsExactly("made", "error first", "error second");
  }

  @Test
  void aRefusalIsReportedBeforeTheEndpointIsLost() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    socket.endSend().failed(new IOException("refused"));
    transport.close();
    settle();

    assertThat(heard).containsExactly("made", "error refused", "lost");
  }

  @Test
  void sendsTheOthersWhenOneIsRefused() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    transport.sendTo(ByteBuffer.wrap("two".getBytes(US_ASCII)), PEER);

    Completion ended = socket.endSend();
    port.report(() -> ended.failed(new IOException("refused")));
    settle();

    assertThat(heard).containsExactly("made", "error refused");
    assertThat(socket.sent).containsExactly("one", "two");
  }

  @Test
  void closesOnlyWhenEverythingIsSent() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    transport.close();
    settle();
    assertThat(socket.closes).isZero();

    socket.take();
    settle();

    assertThat(heard).containsExactly("made", "lost");
  }

  @Test
  void aSendThatEndsAfterTheEndpointSendsNothingElse() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    transport.sendTo(ByteBuffer.wrap("two".getBytes(US_ASCII)), PEER);
    transport.abort();
    settle();

    socket.take();
    settle();

    assertThat(socket.sent).containsExactly("one");
    assertThat(heard).containsExactly("made", "lost");
  }

  @Test
  void sendsADatagramThatIsLargerThanTheBufferOfTheLast() {
    transport.sendTo(ByteBuffer.wrap("small".getBytes(US_ASCII)), PEER);
    socket.take();
    settle();
    transport.sendTo(ByteBuffer.allocate(60_000), PEER);

    assertThat(socket.sent).hasSize(2).last().asString().hasSize(60_000);
  }

  @Test
  void reportsALackOfMemoryInACallbackAndNotInThePoll() {
    transport.sendTo(ByteBuffer.wrap("small".getBytes(US_ASCII)), PEER);
    transport.sendTo(ByteBuffer.allocate(60_000), PEER);
    exhausted = new OutOfMemoryError("no direct memory");

    socket.endSend().completed(5);
    assertThat(reports).isEmpty();
    settle();

    assertThat(reports).hasSize(1);
    assertThat(heard).containsExactly("made", "lost");
  }

  @Test
  void anEndpointIsLostIfItsDriverThrowsWhenItSends() {
    socket.defect = new RejectedExecutionException("no thread");
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    settle();

    assertThat(reports).hasSize(1);
    assertThat(heard).containsExactly("made", "lost");
  }

  @Test
  void anEndpointIsLostIfItsDriverThrowsWhenItSendsInAPoll() {
    transport.sendTo(ByteBuffer.wrap("one".getBytes(US_ASCII)), PEER);
    transport.sendTo(ByteBuffer.wrap("two".getBytes(US_ASCII)), PEER);
    socket.defect = new RejectedExecutionException("no thread");

    socket.endSend().completed(3);
    assertThat(reports).isEmpty();
    settle();

    assertThat(reports).hasSize(1);
    assertThat(heard).containsExactly("made", "lost");
  }

  @Test
  void anEndpointIsLostIfItsDriverThrowsWhenItReceives() {
    socket.defect = new RejectedExecutionException("no thread");
    socket.arrive("one");
    settle();

    assertThat(reports).hasSize(1);
    assertThat(heard).containsExactly("made", "one", "lost");
  }

  @Test
  void connectsNoSocketToAnAddressWithoutItsCapability() {
    CompletionEventLoop without =
        new CompletionEventLoop(
            LoopContext.defaults(), "scripted", port, new Sockets(), EnumSet.of(Capability.UDP));

    try (without) {
      assertThatThrownBy(() ->
              without.connectDatagram(
                  new ConnectDatagramRequest(socket, UnixDomainSocketAddress.of("peer"))))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("UNIX_DATAGRAM");
    }
  }

  /** Lets callbacks run that were queued by callbacks. */
  private void settle() {
    loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(loop::stop)));
    loop.runForever();
  }

  private final class Recording implements DatagramProtocol {

    @Override
    public void connectionMade(DatagramTransport made) {
      heard.add("made");
    }

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress from) {
      heard.add(US_ASCII.decode(data).toString());
    }

    @Override
    public void errorReceived(IOException failure) {
      heard.add("error " + failure.getMessage());
    }

    @Override
    public void connectionLost(Throwable failure) {
      heard.add("lost");
    }
  }

  private final class Sockets implements CompletionSockets {

    @Override
    public CompletionSocket openStream(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionListener openListener(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionDatagramSocket openDatagram(ProtocolFamily family) {
      return socket;
    }

    @Override
    public ByteBuffer allocateBuffer(int bytes) {
      if (exhausted != null) {
        throw exhausted;
      }
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      allocated.add(buffer);
      return buffer;
    }
  }

  /** A socket whose operations end when the test says so. */
  private final class DatagramSocket implements CompletionDatagramSocket {

    private final List<String> sent = new ArrayList<>();
    private int closes;
    private ByteBuffer target;
    private ByteBuffer source;
    private ReceiveCompletion receiving;
    private Completion sending;
    private RuntimeException defect;

    private void throwDefect() {
      if (defect != null) {
        throw defect;
      }
    }

    void arrive(String data) {
      target.put(target.position(), data.getBytes(US_ASCII));
      ReceiveCompletion ended = endReceive();
      port.report(() -> ended.received(data.length(), PEER));
    }

    ReceiveCompletion endReceive() {
      ReceiveCompletion ended = receiving;
      receiving = null;
      return ended;
    }

    void take() {
      int count = source.remaining();
      Completion ended = endSend();
      port.report(() -> ended.completed(count));
    }

    Completion endSend() {
      Completion ended = sending;
      sending = null;
      return ended;
    }

    @Override
    public void bind(SocketAddress local) {}

    @Override
    public void connect(SocketAddress remote) {}

    @Override
    public void receive(ByteBuffer into, ReceiveCompletion completion) {
      assertThat(receiving).as("the receive that is under way").isNull();
      throwDefect();
      target = into;
      receiving = completion;
    }

    @Override
    public void send(ByteBuffer from, SocketAddress to, Completion completion) {
      assertThat(sending).as("the send that is under way").isNull();
      throwDefect();
      source = from;
      sending = completion;
      sent.add(US_ASCII.decode(from.duplicate()).toString());
    }

    @Override
    public boolean isOpen() {
      return closes == 0;
    }

    @Override
    public void close() {
      closes++;
    }

    @Override
    public SocketAddress localAddress() {
      return ScriptedSocket.LOCAL;
    }

    @Override
    public Optional<SocketAddress> remoteAddress() {
      return Optional.empty();
    }

    @Override
    public <T> T option(SocketOption<T> option) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) {}
  }
}
