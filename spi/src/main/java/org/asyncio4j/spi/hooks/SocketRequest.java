package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolFamily;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#makeSocket}, {@link BaseEventLoop#makeServerSocket} and
 * {@link BaseEventLoop#makeDatagramSocket}.
 *
 * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
 */
public record SocketRequest(ProtocolFamily family) {

  /** Checks the components. */
  public SocketRequest {
    requireNonNull(family, "family");
  }
}
