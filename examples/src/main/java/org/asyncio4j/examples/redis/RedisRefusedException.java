package org.asyncio4j.examples.redis;

/** The server has refused a command; the connection is as good as before. */
final class RedisRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RedisRefusedException(RedisCommand command, String message) {
    super("server has refused %s: %s".formatted(command, message));
  }
}
