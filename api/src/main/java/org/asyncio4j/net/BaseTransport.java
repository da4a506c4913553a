package org.asyncio4j.net;

import java.util.Optional;

/** What all transports have in common: {@code asyncio.BaseTransport}. */
public interface BaseTransport {

  /**
   * Closes the connection: reading stops at once, what is buffered is still written, then {@link
   * BaseProtocol#connectionLost} is called with {@code null}. Does nothing on a transport that is
   * closing.
   */
  void close();

  /** {@return whether the transport is closing or closed} */
  boolean isClosing();

  /** {@return who hears from this transport} */
  BaseProtocol protocol();

  /**
   * Has somebody else hear from this transport, from the next event on.
   *
   * @param protocol the new protocol
   * @throws IllegalArgumentException if it is not of the kind that this transport drives
   */
  void setProtocol(BaseProtocol protocol);

  /**
   * Returns what this transport knows of itself.
   *
   * @param key what to tell
   * @param <T> the type of the information
   * @return the information, if this transport has it
   */
  <T> Optional<T> extraInfo(ExtraInfo<T> key);
}
