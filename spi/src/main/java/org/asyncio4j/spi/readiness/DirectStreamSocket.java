package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.family.SocketFamilies;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.jspecify.annotations.Nullable;

/** A stream socket that tasks use directly. Tries first, then waits. */
final class DirectStreamSocket extends DirectSocket<StreamSocket> implements AsyncSocket {

  private final LoopResources resources;
  private final @Nullable ProtocolFamily family;

  // Confined to the loop's thread.
  private boolean connected;
  private @Nullable SocketAddress connecting;

  private DirectStreamSocket(
      SocketLife life,
      LoopResources resources,
      StreamSocket socket,
      @Nullable ProtocolFamily family) {
    super(life, socket);
    this.resources = resources;
    this.family = family;
    this.connected = family == null;
  }

  /** Returns a socket that is not connected yet. */
  static DirectStreamSocket opened(
      ReadinessEventLoop loop,
      LoopResources resources,
      StreamSocket socket,
      ProtocolFamily family) {
    return watched(
        new DirectStreamSocket(new SocketLife(loop, resources, socket), resources, socket, family));
  }

  /** Returns a connected socket. */
  static DirectStreamSocket accepted(
      ReadinessEventLoop loop, LoopResources resources, StreamSocket socket) {
    return watched(
        new DirectStreamSocket(new SocketLife(loop, resources, socket), resources, socket, null));
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
    requireNonNull(remote, "remote");
    ReadinessSlot writer = life().readiness().writer();
    int turn = begin(writer, "connect");
    try {
      if (connected) {
        throw new IllegalStateException(
            "cannot connect %s: it is connected already; open a new one".formatted(this));
      }
      SocketAddress resolved = resolved(remote);
      life().require("connect");
      if (start(resolved)) {
        do {
          await(writer, "connect");
        } while (!finish(resolved));
      }
    } finally {
      writer.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public int receive(ByteBuffer target) throws IOException {
    requireNonNull(target, "target");
    ReadinessSlot reader = life().readiness().reader();
    int turn = begin(reader, "receive");
    try {
      requireConnected("receive");
      int read = tryToReceive(target);
      while (read == 0 && target.hasRemaining()) {
        await(reader, "receive");
        read = tryToReceive(target);
      }
      return read;
    } finally {
      reader.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public int send(ByteBuffer data) throws IOException {
    requireNonNull(data, "data");
    ReadinessSlot writer = life().readiness().writer();
    int turn = begin(writer, "send");
    try {
      requireConnected("send");
      int written = tryToSend(data, "send");
      while (written == 0 && data.hasRemaining()) {
        await(writer, "send");
        written = tryToSend(data, "send");
      }
      return written;
    } finally {
      writer.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void sendAll(ByteBuffer data) throws IOException {
    requireNonNull(data, "data");
    ReadinessSlot writer = life().readiness().writer();
    int turn = begin(writer, "sendAll");
    try {
      requireConnected("sendAll");
      sendAll(data, writer, "sendAll");
    } finally {
      writer.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public long sendFile(FileRegion region, boolean fallback) throws IOException {
    requireNonNull(region, "region");
    ReadinessSlot writer = life().readiness().writer();
    int turn = begin(writer, "sendFile");
    try {
      requireConnected("sendFile");
      return new FileSender(life().loop(), socket(), region)
          .run(
              fallback,
              () -> await(writer, "sendFile"),
              () -> life().require("sendFile"),
              block -> sendAll(block, writer, "sendFile"));
    } finally {
      writer.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    life().begin("shutdownOutput");
    life().readiness().writer().requireFree("shutdownOutput");
    requireConnected("shutdownOutput");
    socket().shutdownOutput();
  }

  @Override
  SocketHandle detach() throws IOException {
    life().require("hand the socket over");
    if (!connected) {
      throw new IllegalStateException(
          "cannot hand the socket over: %s is not connected; call connect first".formatted(this));
    }
    life().detach();
    resources.openSockets().add(socket());
    return socket();
  }

  /** Waits after each piece, so that other tasks run even if the peer takes everything at once. */
  private void sendAll(ByteBuffer data, ReadinessSlot writer, String operation) throws IOException {
    int ignored = tryToSend(data, operation);
    while (data.hasRemaining()) {
      await(writer, operation);
      ignored = tryToSend(data, operation);
    }
  }

  // The memory of a buffer may be freed while its task waits.

  private int tryToReceive(ByteBuffer target) throws IOException {
    BufferChecks.requireWritable(target, "receive");
    return socket().read(target);
  }

  private int tryToSend(ByteBuffer data, String operation) throws IOException {
    BufferChecks.requireReadable(data, operation);
    return socket().write(data);
  }

  private SocketAddress resolved(SocketAddress remote) throws IOException {
    if (!(remote instanceof InetSocketAddress internet) || !internet.isUnresolved()) {
      return remote;
    }
    return life().loop().resolved(internet).stream()
        .filter(found -> SocketFamilies.of(found) == family)
        .findFirst()
        .orElseThrow(() ->
            new ConnectException(
                "cannot connect to %s: it has no address of the family %s"
                    .formatted(internet.getHostString(), family)));
  }

  /** Starts connecting. Returns whether the outcome must be awaited. */
  private boolean start(SocketAddress remote) throws IOException {
    if (connecting != null) {
      requireSame(remote, connecting);
      return true;
    }
    boolean done;
    try {
      done = socket().connect(remote);
    } catch (IOException refused) {
      close();
      throw SocketFailures.connect(remote, refused);
    }
    if (!done && !(remote instanceof InetSocketAddress)) {
      close();
      throw new ConnectException(
          "Connect call failed %s: the backlog of the listener is full; try again later"
              .formatted(remote));
    }
    connected = done;
    connecting = done ? null : remote;
    return !done;
  }

  private boolean finish(SocketAddress remote) throws IOException {
    try {
      connected = socket().finishConnect();
    } catch (IOException refused) {
      close();
      throw SocketFailures.connect(remote, refused);
    }
    if (connected) {
      connecting = null;
    }
    return connected;
  }

  private void requireSame(SocketAddress remote, SocketAddress pending) {
    if (!pending.equals(remote)) {
      throw new IllegalStateException(
          "cannot connect to %s: the socket is connecting to %s; open a new one"
              .formatted(remote, pending));
    }
  }

  private void requireConnected(String operation) throws IOException {
    if (!connected) {
      throw new SocketException(
          "cannot %s: %s is not connected; call connect first".formatted(operation, this));
    }
  }
}
