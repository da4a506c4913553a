package org.asyncio4j.net;

import java.util.Optional;

/** The methods that all transports have: {@code asyncio.BaseTransport}. */
public interface BaseTransport {

  /**
   * Closes the connection: reading stops at once, buffered bytes are still written, then {@link
   * BaseProtocol#connectionLost} is called with {@code null}. Does nothing on a transport that is
   * closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void close();

  /** {@return whether the transport is closing or closed} Callable from any thread. */
  boolean isClosing();

  /** {@return the protocol that this transport calls} */
  BaseProtocol protocol();

  /**
   * Sets the protocol that this transport calls, from the next event on.
   *
   * @param protocol the new protocol
   * @throws IllegalArgumentException if this transport cannot drive a protocol of that kind
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void setProtocol(BaseProtocol protocol);

  /**
   * Returns information about this transport. Callable from any thread, except that the first call
   * for {@link ExtraInfo#PEER_CREDENTIALS} queries the system and must be made on the loop's
   * thread.
   *
   * @param key the key of the information
   * @param <T> the type of the information
   * @return the information, if this transport has it
   * @throws WrongThreadException for {@link ExtraInfo#PEER_CREDENTIALS} that are not known yet, if
   *     the loop is running and the caller is not on its thread
   */
  <T> Optional<T> extraInfo(ExtraInfo<T> key);
}
