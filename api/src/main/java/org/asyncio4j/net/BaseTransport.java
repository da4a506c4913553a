package org.asyncio4j.net;

import java.util.Optional;

/** What all transports have in common: {@code asyncio.BaseTransport}. */
public interface BaseTransport {

  /**
   * Closes the connection: reading stops at once, what is buffered is still written, then {@link
   * BaseProtocol#connectionLost} is called with {@code null}. Does nothing on a transport that is
   * closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void close();

  /** {@return whether the transport is closing or closed} Callable from any thread. */
  boolean isClosing();

  /** {@return who hears from this transport} */
  BaseProtocol protocol();

  /**
   * Has somebody else hear from this transport, from the next event on.
   *
   * @param protocol the new protocol
   * @throws IllegalArgumentException if it is not of the kind that this transport drives
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void setProtocol(BaseProtocol protocol);

  /**
   * Returns what this transport knows of itself. Callable from any thread, except that the first
   * call for {@link ExtraInfo#PEER_CREDENTIALS} asks the system and is for the loop's thread.
   *
   * @param key what to tell
   * @param <T> the type of the information
   * @return the information, if this transport has it
   * @throws WrongThreadException for {@link ExtraInfo#PEER_CREDENTIALS} that are not known yet, if
   *     the loop is running and the caller is not on its thread
   */
  <T> Optional<T> extraInfo(ExtraInfo<T> key);
}
