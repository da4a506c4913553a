package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.GrowingPause;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.jspecify.annotations.Nullable;

/** A datagram socket that tasks use directly. Tries first, then waits. */
final class DirectDatagramSocket extends DirectSocket<DatagramSocket>
    implements AsyncDatagramSocket {

  // Confined to the loop's thread.
  private boolean connected;

  private DirectDatagramSocket(SocketLife life, DatagramSocket socket) {
    super(life, socket);
  }

  static DirectDatagramSocket opened(
      ReadinessEventLoop loop, LoopResources resources, DatagramSocket socket) {
    return watched(new DirectDatagramSocket(new SocketLife(loop, resources, socket), socket));
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    life().begin("bind");
    try {
      socket().bind(requireNonNull(local, "local"));
    } catch (IOException refused) {
      throw SocketFailures.bind(local, refused);
    }
  }

  @Override
  public void connect(SocketAddress remote) throws IOException {
    life().begin("connect");
    try {
      socket().connect(requireNonNull(remote, "remote"));
    } catch (IOException refused) {
      throw SocketFailures.connect(remote, refused);
    }
    connected = true;
  }

  @Override
  public SocketAddress receiveFrom(ByteBuffer target) throws IOException {
    requireNonNull(target, "target");
    ReadinessSlot reader = life().readiness().reader();
    int turn = begin(reader, "receiveFrom");
    try {
      SocketAddress from = tryToReceive(target);
      while (from == null) {
        await(reader, "receiveFrom");
        from = tryToReceive(target);
      }
      return from;
    } finally {
      reader.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void sendTo(ByteBuffer data, SocketAddress to) throws IOException {
    transmit(data, requireNonNull(to, "to"), "sendTo");
  }

  @Override
  public void send(ByteBuffer data) throws IOException {
    if (!connected) {
      throw new IllegalStateException(
          "cannot send: %s is not connected; connect it, or use sendTo".formatted(this));
    }
    transmit(data, null, "send");
  }

  @Override
  SocketHandle detach() {
    throw new IllegalArgumentException(
        "cannot make a connection of %s: it is a datagram socket; use createDatagramEndpoint"
            .formatted(this));
  }

  private void transmit(ByteBuffer data, @Nullable SocketAddress to, String operation)
      throws IOException {
    requireNonNull(data, "data");
    ReadinessSlot writer = life().readiness().writer();
    int turn = begin(writer, operation);
    try {
      GrowingPause pause = null; // most datagrams are sent at once
      while (!tryToSend(data, to, operation)) {
        if (socket().tellsRoomFor(to)) {
          await(writer, operation);
        } else {
          pause = pause == null ? new GrowingPause() : pause;
          pause(writer, pause.next(), operation);
        }
      }
    } finally {
      writer.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  // The memory of a buffer may be freed while its task waits.

  private @Nullable SocketAddress tryToReceive(ByteBuffer target) throws IOException {
    BufferChecks.requireWritable(target, "receiveFrom");
    return socket().receive(target);
  }

  private boolean tryToSend(ByteBuffer data, @Nullable SocketAddress to, String operation)
      throws IOException {
    BufferChecks.requireReadable(data, operation);
    return socket().send(data, to);
  }
}
