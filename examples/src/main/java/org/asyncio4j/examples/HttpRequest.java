package org.asyncio4j.examples;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a request that {@link HttpServer} needs. A refused request ends the connection. */
record HttpRequest(String method, String status, int bodyLength, boolean keepAlive) {

  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_BODY = 1024 * 1024;
  private static final String NAME = "[!#-'*+.^`|~\\w-]++";
  private static final Pattern FIELD =
      Pattern.compile("(%s):([\t -~\u0080-\u00ff]*+)\r\n".formatted(NAME));
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:\r\n)?(%s) (?:http://[^ /?]+)?([!->@-~]*+)(?:\\?[!-~]*+)? HTTP/1\\.([01])\r\n((?:%s)*+)\r\n"
              .formatted(NAME, FIELD));

  static boolean isComplete(StringBuilder head) {
    return head.length() > MAX_HEAD || head.indexOf("\r\n\r\n", Math.max(2, head.length() - 4)) > 0;
  }

  static HttpRequest parse(CharSequence head) {
    Matcher parts = HEAD.matcher(head);
    if (!parts.matches()) {
      return refused(
          head.length() > MAX_HEAD ? "431 Request Header Fields Too Large" : "400 Bad Request");
    }
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (MatchResult field : FIELD.matcher(parts.group(4)).results().toList()) {
      fields.merge(field.group(1), field.group(2).strip(), (first, second) -> first + "," + second);
    }
    boolean persists = parts.group(3).equals("1");
    boolean hasHost = !fields.getOrDefault("Host", persists ? "," : "").contains(",");
    String length = fields.getOrDefault("Content-Length", "0");
    if (!hasHost || !length.matches("\\d{1,18}")) {
      return refused("400 Bad Request");
    }
    if (fields.containsKey("Transfer-Encoding")) {
      return refused("411 Length Required");
    }
    if (Long.parseLong(length) > MAX_BODY) {
      return refused("413 Content Too Large");
    }
    // A client that expects "100 Continue" but gets a response may or may not send the body.
    boolean keepAlive =
        persists
            && !fields.containsKey("Expect")
            && !fields.getOrDefault("Connection", "").toLowerCase(Locale.ROOT).contains("close");
    String status = parts.group(2).equals("/") ? "200 OK" : "404 Not Found";
    return new HttpRequest(parts.group(1), status, Integer.parseInt(length), keepAlive);
  }

  String answer() {
    String body = status.equals("200 OK") ? "Hello, world!\n" : status + "\n";
    return String.format(
        Locale.ROOT,
        "HTTP/1.1 %s\r\nDate: %ta, %<td %<tb %<tY %<tT GMT\r\nContent-Type: text/plain\r\n"
            + "Content-Length: %d\r\nConnection: %s\r\n\r\n%s",
        status,
        OffsetDateTime.now(ZoneOffset.UTC),
        body.length(),
        keepAlive ? "keep-alive" : "close",
        method.equals("HEAD") ? "" : body);
  }

  private static HttpRequest refused(String status) {
    return new HttpRequest("", status, 0, false);
  }
}
