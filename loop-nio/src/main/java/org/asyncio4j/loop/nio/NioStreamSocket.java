package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.StreamSocket;
import org.jspecify.annotations.Nullable;

/** A TCP or Unix socket on a {@link SocketChannel}. */
final class NioStreamSocket extends NioSocket<SocketChannel> implements StreamSocket {

  // The JDK copies a whole heap buffer into a native one that it caches per thread: without a
  // bound, one large write would retain as much native memory permanently.
  private static final int HEAP_CHUNK = 256 * 1024;

  // Kept because a closed channel forgets it.
  private @Nullable SocketAddress remoteAddress;

  /** Creates a socket for a channel that is not connected yet. */
  NioStreamSocket(NioResources resources, SocketChannel channel) {
    super(resources, channel);
  }

  /** Creates a socket for a connected channel. */
  NioStreamSocket(NioResources resources, SocketChannel channel, SocketAddress remote) {
    super(resources, channel);
    this.remoteAddress = remote;
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    channel().bind(local);
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    boolean connected;
    try {
      connected = channel().connect(remote);
    } catch (SocketException refused) {
      if (remote instanceof UnixDomainSocketAddress && isFullBacklog(refused)) {
        return false;
      }
      throw refused;
    }
    if (connected) {
      remoteAddress = channel().getRemoteAddress();
    }
    return connected;
  }

  /** Recognizes EAGAIN by the system's error text, because the JDK drops the error number. */
  private static boolean isFullBacklog(SocketException refused) {
    String message = refused.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("temporarily unavailable");
  }

  @Override
  public boolean finishConnect() throws IOException {
    boolean connected = channel().finishConnect();
    if (connected && remoteAddress == null) {
      remoteAddress = channel().getRemoteAddress();
    }
    return connected;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (target.isDirect() || target.remaining() <= HEAP_CHUNK) {
      return channel().read(target);
    }
    int limit = target.limit();
    try {
      return channel().read(target.limit(target.position() + HEAP_CHUNK));
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (source.isDirect() || source.remaining() <= HEAP_CHUNK) {
      return channel().write(source);
    }
    int start = source.position();
    int limit = source.limit();
    try {
      int tried;
      do { // as long as the system takes all of a piece
        tried = Math.min(limit - source.position(), HEAP_CHUNK);
      } while (channel().write(source.limit(source.position() + tried)) == tried
          && source.position() < limit);
      return source.position() - start;
    } finally {
      source.limit(limit);
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    long total = 0;
    for (int first = 0; first < count; ) {
      int length = withinHeapChunk(sources, first, count);
      total += length == 1 ? write(sources[first]) : channel().write(sources, first, length);
      first += length;
      if (sources[first - 1].hasRemaining()) {
        break; // the system is full
      }
    }
    return total;
  }

  /** Counts the buffers, from the first, that need at most one piece of copying. */
  private static int withinHeapChunk(ByteBuffer[] sources, int first, int end) {
    long copied = 0;
    for (int i = first; i < end; i++) {
      copied += sources[i].isDirect() ? 0 : sources[i].remaining();
      if (copied > HEAP_CHUNK) {
        return Math.max(i - first, 1);
      }
    }
    return end - first;
  }

  @Override
  public long sendFile(SendableFile file, long position, long count) throws IOException {
    FileChannel source = ((NioFile) file).channel();
    long sent;
    try {
      sent = source.transferTo(position, count, channel());
    } catch (IOException failure) {
      // The JDK does not report which of the two has failed.
      int ignored = source.read(ByteBuffer.allocate(1), position);
      SocketException ofSocket = new SocketException(failure.getMessage());
      ofSocket.initCause(failure);
      throw ofSocket;
    }
    // The channel returns 0 both for a full socket and for the end of the file.
    return sent == 0 && count > 0 && position >= source.size() ? -1 : sent;
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel().shutdownOutput();
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }

  @Override
  public Optional<PeerCredentials> peerCredentials() {
    if (!channel().supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return Optional.empty();
    }
    try {
      UnixDomainPrincipal peer = channel().getOption(ExtendedSocketOptions.SO_PEERCRED);
      return Optional.of(new PeerCredentials(peer.user(), peer.group(), OptionalLong.empty()));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
