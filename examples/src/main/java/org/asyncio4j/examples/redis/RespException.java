package org.asyncio4j.examples.redis;

import java.io.IOException;

/** Thrown if the data is not RESP. The data that follows cannot be parsed either. */
final class RespException extends IOException {

  private static final long serialVersionUID = 1;

  RespException(String message) {
    super(message);
  }

  RespException(String message, Throwable cause) {
    super(message, cause);
  }
}
