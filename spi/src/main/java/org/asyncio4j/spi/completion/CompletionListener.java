package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.spi.hooks.SocketHandle;

/** A listening TCP or Unix socket. At most one accept is pending at a time. */
public interface CompletionListener extends SocketHandle {

  /**
   * Binds the socket and listens. The IPv6 wildcard accepts IPv4 connections too.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @param backlog how many connections may wait
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local, int backlog) throws IOException;

  /**
   * Starts accepting a connection. Returns at once.
   *
   * @param completion receives the connection, or a failure if the listener is closed first
   */
  void accept(AcceptCompletion completion);

  /**
   * {@inheritDoc}
   *
   * @implSpec returns no address
   */
  @Override
  default Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }
}
