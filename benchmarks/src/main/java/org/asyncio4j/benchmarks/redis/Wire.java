package org.asyncio4j.benchmarks.redis;

/** Texts in RESP 2; each character is a byte. */
final class Wire {

  private Wire() {}

  /** A request: the name of a command and its arguments. */
  static String request(String... parts) {
    StringBuilder text = new StringBuilder("*" + parts.length + "\r\n");
    for (String part : parts) {
      text.append(bulk(part));
    }
    return text.toString();
  }

  static String bulk(String value) {
    return "$" + value.length() + "\r\n" + value + "\r\n";
  }
}
