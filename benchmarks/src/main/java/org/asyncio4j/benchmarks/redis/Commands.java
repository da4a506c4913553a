package org.asyncio4j.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Map;

/** The commands GET, SET, INCR and PING over a map. */
final class Commands {

  private final Map<String, byte[]> values;

  /**
   * Creates commands.
   *
   * @param values the map; it must be concurrent if several threads execute commands
   */
  Commands(Map<String, byte[]> values) {
    this.values = values;
  }

  /**
   * Executes a request.
   *
   * @param request the name of the command and its arguments
   * @param replies where to append the reply
   */
  void execute(byte[][] request, Replies replies) {
    String name = text(request[0]).toUpperCase(Locale.ROOT);
    int arguments = request.length - 1;
    switch (name) {
      case "GET" -> {
        if (hasCount(arguments, 1, name, replies)) {
          replies.bulk(values.get(text(request[1])));
        }
      }
      case "SET" -> {
        if (arguments > 2) {
          replies.error("syntax error");
        } else if (hasCount(arguments, 2, name, replies)) {
          values.put(text(request[1]), request[2]);
          replies.ok();
        }
      }
      case "INCR" -> {
        if (hasCount(arguments, 1, name, replies)) {
          increment(text(request[1]), replies);
        }
      }
      case "PING" -> {
        if (arguments == 0) {
          replies.pong();
        } else if (hasCount(arguments, 1, name, replies)) {
          replies.bulk(request[1]);
        }
      }
      default -> replies.error("unknown command '" + text(request[0]) + "'");
    }
  }

  private static boolean hasCount(int arguments, int wanted, String name, Replies replies) {
    if (arguments == wanted) {
      return true;
    }
    replies.error(
        "wrong number of arguments for '%s' command".formatted(name.toLowerCase(Locale.ROOT)));
    return false;
  }

  private void increment(String key, Replies replies) {
    try {
      byte[] sum =
          values.compute(
              key,
              (same, value) ->
                  bytes(value == null ? 1 : Math.addExact(Long.parseLong(text(value)), 1)));
      replies.integer(sum);
    } catch (NumberFormatException notNumber) {
      replies.error("value is not an integer or out of range");
    } catch (ArithmeticException overflow) {
      replies.error("increment or decrement would overflow");
    }
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(ISO_8859_1);
  }

  /** ISO 8859-1 keeps each byte as it is. */
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
