package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a response before its body.
 *
 * @param persistent whether the protocol version keeps connections open by default
 * @param status the status, from 100 to 999
 * @param fields the header fields; names are case-insensitive, fields with the same name are joined
 *     by commas
 */
record ResponseHead(boolean persistent, int status, Map<String, String> fields) {

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)(?: [\t -~\u0080-\u00ff]*)?");
  private static final Pattern FIELD =
      Pattern.compile("([!#-'*+.^`|~\\w-]++):([\t -~\u0080-\u00ff]*+)");

  /**
   * Parses a head.
   *
   * @param bytes the head and the empty line that follows it
   * @throws ProtocolException if it is not an HTTP/1 head
   */
  static ResponseHead parse(byte[] bytes) throws ProtocolException {
    String[] lines = new String(bytes, ISO_8859_1).split("\r\n", -1);
    Matcher status = STATUS_LINE.matcher(lines[0]);
    if (!status.matches()) {
      throw new ProtocolException(
          "response must begin with an HTTP/1 status line: '%s'".formatted(lines[0]));
    }
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length - 2; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (!field.matches()) {
        throw new ProtocolException(
            "header must consist of lines 'name: value': '%s'".formatted(lines[i]));
      }
      fields.merge(
          field.group(1), field.group(2).strip(), (first, second) -> first + ", " + second);
    }
    return new ResponseHead(status.group(1).equals("1"), Integer.parseInt(status.group(2)), fields);
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** {@return whether the field contains the word} */
  boolean says(String name, String word) {
    return field(name).stream()
        .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
        .anyMatch(found -> found.strip().equals(word));
  }

  /** {@return whether the head allows another request on the connection} */
  boolean keepsAlive() {
    return persistent ? !says("Connection", "close") : says("Connection", "keep-alive");
  }
}
