package org.asyncio4j.examples.redis;

import java.io.IOException;

/** What arrived is not RESP. Nothing that follows can be understood. */
final class RespException extends IOException {

  private static final long serialVersionUID = 1;

  RespException(String message) {
    super(message);
  }

  RespException(String message, Throwable cause) {
    super(message, cause);
  }
}
