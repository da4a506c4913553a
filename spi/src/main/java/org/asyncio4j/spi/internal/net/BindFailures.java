package org.asyncio4j.spi.internal.net;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;

/** Adds the address to bind failures, because not every loop names it. */
public final class BindFailures {

  private BindFailures() {}

  public static BindException named(IOException refused, SocketAddress address) {
    BindException clear =
        new BindException(
            "Error while attempting to bind on address %s: %s"
                .formatted(address, requireNonNullElse(refused.getMessage(), refused.toString())));
    clear.initCause(refused);
    return clear;
  }
}
