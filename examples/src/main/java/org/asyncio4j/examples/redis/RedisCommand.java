package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A command and its arguments, in the server's format. */
final class RedisCommand {

  private static final byte[] LINE_END = {'\r', '\n'};

  private final List<byte[]> words;

  private RedisCommand(List<byte[]> words) {
    this.words = words;
  }

  /**
   * Creates a command.
   *
   * @param name its name
   * @param arguments strings, byte arrays and integers
   * @return the command
   * @throws IllegalArgumentException if an argument has another type
   */
  static RedisCommand of(String name, Object... arguments) {
    List<byte[]> words = new ArrayList<>(1 + arguments.length);
    words.add(name.getBytes(UTF_8));
    for (Object argument : arguments) {
      words.add(
          switch (argument) {
            case byte[] bytes -> bytes.clone();
            case String text -> text.getBytes(UTF_8);
            case Long number -> number.toString().getBytes(US_ASCII);
            case Integer number -> number.toString().getBytes(US_ASCII);
            default ->
                throw new IllegalArgumentException(
                    "argument of %s must be a string, bytes or a number: %s; convert it"
                        .formatted(name, argument.getClass()));
          });
    }
    return new RedisCommand(words);
  }

  void writeTo(ByteArrayOutputStream out) {
    header(out, '*', words.size());
    for (byte[] word : words) {
      header(out, '$', word.length);
      out.writeBytes(word);
      out.writeBytes(LINE_END);
    }
  }

  private static void header(ByteArrayOutputStream out, char type, int count) {
    out.write(type);
    out.writeBytes(Integer.toString(count).getBytes(US_ASCII));
    out.writeBytes(LINE_END);
  }

  @Override
  public String toString() {
    return new String(words.getFirst(), UTF_8);
  }
}
