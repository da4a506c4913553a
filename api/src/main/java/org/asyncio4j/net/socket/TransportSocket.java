package org.asyncio4j.net.socket;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;

/**
 * A socket that a transport or server owns, without methods to close it or to read and write
 * without the owner's knowledge: {@code asyncio.trsock.TransportSocket}.
 */
public interface TransportSocket {

  /**
   * {@return the address that the socket is bound to; once it is closed, the address that it had}
   * Callable from any thread.
   */
  SocketAddress localAddress();

  /** {@return the peer's address, if the socket is connected} */
  Optional<SocketAddress> remoteAddress();

  /**
   * Reads an option of the socket.
   *
   * @param option one of {@link java.net.StandardSocketOptions}
   * @param <T> the type of its value
   * @return its value
   * @throws UnsupportedOperationException if sockets of this kind or loop do not have the option
   * @throws IOException if the socket is closed or the operation fails
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  <T> T option(SocketOption<T> option) throws IOException;

  /**
   * Sets an option of the socket.
   *
   * @param option one of {@link java.net.StandardSocketOptions}
   * @param value its value
   * @param <T> the type of its value
   * @throws UnsupportedOperationException if sockets of this kind or loop do not have the option
   * @throws IOException if the socket is closed or the operation fails
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  <T> void setOption(SocketOption<T> option, T value) throws IOException;
}
