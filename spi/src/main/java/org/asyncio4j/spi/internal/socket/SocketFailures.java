package org.asyncio4j.spi.internal.socket;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;

/**
 * Adds the address to failures of system calls, which do not name it. Keeps the type, so that it
 * can be caught.
 */
public final class SocketFailures {

  private SocketFailures() {}

  public static IOException connect(SocketAddress remote, IOException failure) {
    return withMessage("Connect call failed " + remote, failure);
  }

  public static IOException bind(SocketAddress local, IOException failure) {
    return withMessage("Error while attempting to bind on address " + local, failure);
  }

  private static IOException withMessage(String what, IOException cause) {
    return described(what + ": " + requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** Returns a failure of the same type with another message. */
  public static IOException described(String message, IOException cause) {
    IOException described =
        switch (cause) {
          case ConnectException refused -> new ConnectException(message);
          case NoRouteToHostException unreachable -> new NoRouteToHostException(message);
          case BindException taken -> new BindException(message);
          default -> new IOException(message);
        };
    described.initCause(cause);
    return described;
  }
}
