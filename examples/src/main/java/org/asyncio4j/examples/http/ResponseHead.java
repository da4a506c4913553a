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
 * What comes before the body of a response.
 *
 * @param persistent whether the protocol's version keeps connections unless told otherwise
 * @param status the status, from 100 to 999
 * @param fields the header fields; names ignore case, several of a name are joined by commas
 */
record ResponseHead(boolean persistent, int status, Map<String, String> fields) {

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)(?: [\t -~\u0080-\u00ff]*)?");
  private static final Pattern FIELD =
      Pattern.compile("([!#-'*+.^`|~\\w-]++):([\t -~\u0080-\u00ff]*+)");

  /**
   * Understands a head.
   *
   * @param bytes the head with the empty line behind it
   * @throws ProtocolException if it is none of HTTP/1
   */
  static ResponseHead parse(byte[] bytes) throws ProtocolException {
    String[] lines = new String(bytes, ISO_8859_1).split("\r\n", -1);
    Matcher status = STATUS_LINE.matcher(lines[0]);
    if (!status.matches()) {
      throw new ProtocolException(
          "answer must begin with a status of HTTP/1 but began with '%s'".formatted(lines[0]));
    }
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length - 2; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (!field.matches()) {
        throw new ProtocolException(
            "header must have lines 'name: value' but had '%s'".formatted(lines[i]));
      }
      fields.merge(
          field.group(1), field.group(2).strip(), (first, second) -> first + ", " + second);
    }
    return new ResponseHead(status.group(1).equals("1"), Integer.parseInt(status.group(2)), fields);
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** {@return whether one of the words of a field is this one} */
  boolean says(String name, String word) {
    return field(name).stream()
        .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
        .anyMatch(found -> found.strip().equals(word));
  }

  /** {@return whether another request may follow, as far as the head tells} */
  boolean keepsAlive() {
    return persistent ? !says("Connection", "close") : says("Connection", "keep-alive");
  }
}
