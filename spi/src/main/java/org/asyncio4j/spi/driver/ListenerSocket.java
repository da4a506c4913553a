package org.asyncio4j.spi.driver;

import java.io.IOException;
import java.net.SocketAddress;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.jspecify.annotations.Nullable;

/** A non-blocking listening TCP or Unix socket. */
public interface ListenerSocket extends PollableSocket {

  /**
   * Binds the socket. The IPv6 wildcard accepts IPv4 connections too.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @param backlog how many connections may wait, for systems that listen as soon as they bind
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local, int backlog) throws IOException;

  /**
   * Starts listening, unless {@link #bind} has done that. Called immediately after {@link #bind},
   * and again when the socket is served, perhaps with another backlog, which systems that cannot
   * change it ignore.
   *
   * @param backlog how many connections may wait
   * @throws IOException if the system refuses
   */
  void listen(int backlog) throws IOException;

  /**
   * Accepts one connection.
   *
   * @return a connected non-blocking socket, or {@code null} if none waits
   * @throws ConnectionAbortedException if the peer gave up while it waited
   * @throws ResourcesExhaustedException if the system has run out of descriptors or memory
   * @throws IOException if the socket failed otherwise
   */
  @Nullable StreamSocket accept() throws IOException;
}
