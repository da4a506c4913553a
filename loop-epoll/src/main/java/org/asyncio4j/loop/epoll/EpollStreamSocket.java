package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NoConnectionPendingException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;
import java.util.OptionalLong;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.StreamSocket;
import org.jspecify.annotations.Nullable;

/** A TCP or Unix socket. */
final class EpollStreamSocket extends EpollSocket implements StreamSocket {

  // Set on connecting; kept after closing.
  private @Nullable SocketAddress remoteAddress;
  private boolean connecting;

  /** Creates a socket that is not connected yet. */
  EpollStreamSocket(LinuxSocket socket) {
    super(socket, options(socket));
  }

  /** Creates a connected socket. */
  EpollStreamSocket(LinuxSocket socket, SocketAddress remote) {
    super(socket, options(socket));
    this.remoteAddress = remote;
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    socket().bind(local);
    localAddressChanged();
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    boolean connected = socket().connect(remote);
    localAddressChanged();
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
      connecting = false; // the system reports the error only once
      throw e;
    }
    // No error means connected or still connecting: only a connected socket has a peer.
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
  public long sendFile(SendableFile file, long position, long count) throws IOException {
    return socket().sendFile((LinuxFile) file, position, count);
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket().shutdownOutput();
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }

  @Override
  public Optional<PeerCredentials> peerCredentials() {
    if (!socket().isUnix()) {
      return Optional.empty();
    }
    try {
      int[] peer = socket().peerCredentials();
      UserPrincipalLookupService principals =
          FileSystems.getDefault().getUserPrincipalLookupService();
      // The number of an account is used in place of its name.
      return Optional.of(
          new PeerCredentials(
              principals.lookupPrincipalByName(Integer.toUnsignedString(peer[1])),
              principals.lookupPrincipalByGroupName(Integer.toUnsignedString(peer[2])),
              OptionalLong.of(peer[0])));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private static SocketOptions options(LinuxSocket socket) {
    return socket.isUnix() ? SocketOptions.UNIX_STREAM : SocketOptions.STREAM;
  }
}
