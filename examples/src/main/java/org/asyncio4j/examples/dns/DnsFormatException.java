package org.asyncio4j.examples.dns;

import java.io.IOException;

/** Thrown if a message is not a DNS response to the query. */
final class DnsFormatException extends IOException {

  private static final long serialVersionUID = 1;

  DnsFormatException(String message) {
    super(message);
  }

  DnsFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
