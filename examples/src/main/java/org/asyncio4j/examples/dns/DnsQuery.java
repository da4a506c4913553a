package org.asyncio4j.examples.dns;

import java.nio.ByteBuffer;

/**
 * A query for the addresses of a name.
 *
 * @param id a number that an attacker who cannot see the query has to guess
 * @param name the name, in the form of {@link DnsName#of}
 * @param type the type of the addresses
 */
record DnsQuery(int id, String name, DnsType type) {

  static final int INTERNET = 1;
  private static final short RECURSION_DESIRED = 0x0100;
  private static final int MAX_BYTES = 12 + 255 + 4;

  ByteBuffer toMessage() {
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
    out.putShort((short) id).putShort(RECURSION_DESIRED);
    out.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    DnsName.write(out, name);
    out.putShort((short) type.code()).putShort((short) INTERNET);
    return out.flip();
  }

  @Override
  public String toString() {
    return "%s of '%s'".formatted(type, name);
  }
}
