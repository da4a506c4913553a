package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A completion backend whose system refuses datagrams. */
class RefusedDatagramTest {

  private final IdleLoop loop = new IdleLoop();
  private final Backend backend = new Backend();
  private final List<String> heard = new ArrayList<>();
  private Runnable onError = () -> {};

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void otherTasksContinueBeforeTheProtocolIsCalled() {
    onError = () -> heard.add("meanwhile " + backend.started);
    DatagramTransport transport = open();
    transport.sendTo(ByteBuffer.allocate(1), FakeSocket.PEER);
    transport.sendTo(ByteBuffer.allocate(2), FakeSocket.PEER);

    loop.callSoon(() -> backend.refuse());
    loop.ticks(2);

    assertThat(heard).containsExactly("refused", "meanwhile [1, 2]");
  }

  @Test
  void datagramsSentFromErrorReceivedAreSentOnce() {
    DatagramTransport transport = open();
    onError = () -> transport.sendTo(ByteBuffer.allocate(3), FakeSocket.PEER);
    transport.sendTo(ByteBuffer.allocate(1), FakeSocket.PEER);

    loop.callSoon(() -> backend.refuse());
    loop.ticks(2);
    loop.callSoon(() -> backend.take());
    loop.ticks(2);

    assertThat(backend.started).containsExactly(1, 3);
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void theByteOrderSetByAProtocolEndsWithTheCall() {
    DatagramTransport ignored = open();
    ByteBuffer buffer = ByteBuffer.allocate(4);

    for (int i = 0; i < 2; i++) {
      loop.callSoon(() -> backend.events.received(buffer, FakeSocket.PEER));
      loop.ticks(2);
    }

    assertThat(heard).containsExactly("BIG_ENDIAN", "BIG_ENDIAN");
  }

  private DatagramTransport open() {
    DatagramTransport transport =
        DatagramEngine.open(
            loop,
            TransportResources.create(ByteBuffer::allocateDirect),
            new DatagramTransportRequest(
                new FakeSocket(),
                new Recording(),
                Optional.empty(),
                Optional.empty(),
                Context.empty(),
                () -> {}),
            events -> {
              backend.events = events;
              return backend;
            });
    loop.ticks(2);
    return transport;
  }

  private final class Recording implements DatagramProtocol {

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress from) {
      heard.add(data.order().toString());
      data.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void errorReceived(IOException failure) {
      heard.add(failure.getMessage());
      onError.run();
    }
  }

  /** One send at a time. */
  private static final class Backend implements DatagramBackend {

    private final List<Integer> started = new ArrayList<>(); // by their lengths
    private DatagramEvents events;
    private boolean underWay;

    void refuse() {
      underWay = false;
      events.sendFailed(new IOException("refused"));
      events.writable();
    }

    void take() {
      underWay = false;
      events.sent();
      events.writable();
    }

    @Override
    public boolean send(ByteBuffer data, SocketAddress to) {
      return false;
    }

    @Override
    public void startWriting() {
      if (!underWay) {
        underWay = true;
        started.add(events.firstPending().orElseThrow().data().remaining());
      }
    }

    @Override
    public void stopWriting() {}

    @Override
    public void startReading() {}

    @Override
    public void stopReading() {}

    @Override
    public void joinGroup(InetAddress group, NetworkInterface on) {}

    @Override
    public void leaveGroup(InetAddress group, NetworkInterface on) {}

    @Override
    public void cancel() {}
  }
}
