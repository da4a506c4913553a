package org.asyncio4j.examples.dns;

import java.io.IOException;

/** What arrived is no answer of DNS to this query. */
final class DnsFormatException extends IOException {

  private static final long serialVersionUID = 1;

  DnsFormatException(String message) {
    super(message);
  }

  DnsFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
