package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NoConnectionPendingException;
import java.util.Optional;
import org.asyncio4j.spi.readiness.StreamSocket;
import org.jspecify.annotations.Nullable;

/** A TCP socket. */
final class EpollStreamSocket extends EpollSocket implements StreamSocket {

  // Set once connected; kept after closing.
  private @Nullable SocketAddress remoteAddress;
  private boolean connecting;

  /** A socket that is not connected yet. */
  EpollStreamSocket(LinuxSocket socket) {
    super(socket, SocketOptions.STREAM);
  }

  /** A socket that is connected. */
  EpollStreamSocket(LinuxSocket socket, SocketAddress remote) {
    super(socket, SocketOptions.STREAM);
    this.remoteAddress = remote;
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    socket().bind(local);
    forgetLocalAddress();
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    boolean connected = socket().connect(remote);
    forgetLocalAddress();
    connecting = true;
    return connected && finishConnect();
  }

  @Override
  public boolean finishConnect() throws IOException {
    if (remoteAddress != null) {
      return true;
    }
    if (!connecting) {
      throw new NoConnectionPendingException();
    }
    try {
      socket().throwPendingError();
    } catch (IOException e) {
      connecting = false; // the system tells the error only once
      throw e;
    }
    // No error means connected, or still trying: only a connected socket has a peer.
    remoteAddress = socket().remoteAddress();
    return remoteAddress != null;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return socket().read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return socket().write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    return count == 1 ? socket().write(sources[0]) : socket().write(sources, count);
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket().shutdownOutput();
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }
}
