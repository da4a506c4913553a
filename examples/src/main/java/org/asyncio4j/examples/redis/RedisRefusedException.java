package org.asyncio4j.examples.redis;

/** Thrown if the server refuses a command. The connection remains usable. */
final class RedisRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RedisRefusedException(RedisCommand command, String message) {
    super("the server refused %s: %s".formatted(command, message));
  }
}
