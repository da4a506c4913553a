package org.asyncio4j.spi.internal.net;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.internal.socket.SocketFailures;

/** Adds the address to connect failures, because not every loop names it. */
public final class ConnectFailures {

  private ConnectFailures() {}

  /** Returns the first failure, with the others suppressed. */
  public static IOException combined(List<IOException> failures) {
    IOException first = failures.getFirst();
    failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    return first;
  }

  /** Returns a failure of the same type whose message names the address. */
  public static IOException named(
      IOException failure, SocketAddress remote, Optional<? extends SocketAddress> local) {
    String message = requireNonNullElse(failure.getMessage(), failure.toString());
    if (message.contains(remote.toString())) {
      return failure;
    }
    if (failure instanceof BindException && local.isPresent()) {
      return message.contains(local.get().toString())
          ? failure
          : SocketFailures.described(
              "Error while attempting to bind on address %s: %s".formatted(local.get(), message),
              failure);
    }
    return SocketFailures.described(
        "Connect call failed %s: %s".formatted(remote, message), failure);
  }
}
