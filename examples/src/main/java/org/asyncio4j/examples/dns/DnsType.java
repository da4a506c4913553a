package org.asyncio4j.examples.dns;

/** The type of a query: addresses of a family. */
enum DnsType {
  /** IPv4 addresses. */
  A(1, 4),
  /** IPv6 addresses. */
  AAAA(28, 16);

  private final int code;
  private final int length;

  DnsType(int code, int length) {
    this.code = code;
    this.length = length;
  }

  int code() {
    return code;
  }

  /** {@return the number of bytes of an address} */
  int length() {
    return length;
  }
}
