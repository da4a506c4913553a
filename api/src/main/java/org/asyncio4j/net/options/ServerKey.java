package org.asyncio4j.net.options;

import java.util.Optional;
import org.asyncio4j.net.tls.TlsOptions;

/** The key that a server with TLS needs; the same for all kinds of servers. */
final class ServerKey {

  private ServerKey() {}

  static void require(Optional<TlsOptions> tls) {
    if (tls.filter(options -> options.context().isEmpty()).isPresent()) {
      throw new IllegalArgumentException(
          "tls must have a context with the server's key; use TlsOptions.with(context)");
    }
  }
}
