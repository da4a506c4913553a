package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.jspecify.annotations.Nullable;

/** A listening TCP or Unix socket on a {@link ServerSocketChannel}. */
final class NioListenerSocket extends NioSocket<ServerSocketChannel> implements ListenerSocket {

  NioListenerSocket(NioResources resources, ServerSocketChannel channel) {
    super(resources, channel);
  }

  @Override
  public void bind(SocketAddress local, int backlog) throws IOException {
    channel().bind(local, backlog);
  }

  @Override
  public void listen(int backlog) {
    // A ServerSocketChannel listens as soon as it is bound.
  }

  @Override
  public @Nullable StreamSocket accept() throws IOException {
    SocketChannel accepted;
    try {
      accepted = channel().accept();
    } catch (IOException e) {
      throw AcceptFailure.translate(e, isOpen());
    }
    return accepted == null ? null : nonBlocking(accepted);
  }

  private StreamSocket nonBlocking(SocketChannel accepted) throws ConnectionAbortedException {
    try {
      accepted.configureBlocking(false);
      return new NioStreamSocket(resources(), accepted, accepted.getRemoteAddress());
    } catch (IOException e) {
      // Some systems reject every call on a connection that was reset while it waited.
      NioSocket.closeQuietly(accepted);
      var aborted = new ConnectionAbortedException(AcceptFailure.words(e));
      aborted.initCause(e);
      throw aborted;
    }
  }
}
