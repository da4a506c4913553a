package org.asyncio4j.examples.dns;

/** What one asks for: addresses of a family. */
enum DnsType {
  /** Addresses of IPv4. */
  A(1, 4),
  /** Addresses of IPv6. */
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

  /** {@return how many bytes an address has} */
  int length() {
    return length;
  }
}
