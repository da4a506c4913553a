package org.asyncio4j.spi;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;

/** Says which address could not be bound, which not every loop tells. */
final class BindFailures {

  private BindFailures() {}

  static BindException named(IOException refused, SocketAddress address) {
    BindException clear =
        new BindException(
            "address %s could not be bound: %s"
                .formatted(address, requireNonNullElse(refused.getMessage(), refused.toString())));
    clear.initCause(refused);
    return clear;
  }
}
