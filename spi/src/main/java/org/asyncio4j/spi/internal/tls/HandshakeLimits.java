package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLProtocolException;

/**
 * Bounds the data that a peer may send before the handshake is done: until then the peer is not
 * authenticated, and the JDK's engine bounds single messages only. Each record is examined once.
 */
final class HandshakeLimits {

  static final int HEADER_BYTES = 5;
  static final int HANDSHAKE = 22;

  /** The longest handshake message that the engine accepts. */
  static final int MAX_MESSAGE_BYTES =
      Math.max(0, Integer.getInteger("jdk.tls.maxHandshakeMessageSize", 32 * 1024));

  /** The maximum size of a record's content (RFC 5246, 6.2.3; TLS 1.3 allows less). */
  static final int MAX_FRAGMENT_BYTES = 16 * 1024 + 2048;

  /** Enough for a message of 32 KiB in the smallest fragments that can be negotiated (RFC 8449). */
  static final int MAX_RECORDS = 512;

  /** A handshake has few long messages, if any: a chain of certificates. */
  static final long MAX_BYTES = 4L * MAX_MESSAGE_BYTES;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;

  private int records;
  private long bytes;
  private boolean noted;

  /**
   * Counts the next record. Does nothing if its header is incomplete, if it was already counted, or
   * if it is not a TLS record, which the engine rejects.
   *
   * @param in the bytes received from the peer; none is consumed
   * @throws SSLProtocolException if the peer must not send that record, or no more records
   */
  void note(ByteBuffer in) throws SSLProtocolException {
    if (noted || in.remaining() < HEADER_BYTES) {
      return;
    }
    noted = true;
    int type = in.get(in.position()) & 0xff;
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
      return;
    }
    int length = lengthOf(in, in.position());
    if (length > MAX_FRAGMENT_BYTES) {
      throw refusal("a record of %d bytes; %d are allowed".formatted(length, MAX_FRAGMENT_BYTES));
    }
    records++;
    bytes += HEADER_BYTES + length;
    if (records > MAX_RECORDS) {
      throw refusal("more than %d records".formatted(MAX_RECORDS));
    }
    if (bytes > MAX_BYTES) {
      throw refusal("more than %d bytes".formatted(MAX_BYTES));
    }
  }

  /** Notes that the counted record is consumed. */
  void consumed() {
    noted = false;
  }

  /** Reads the length of the fragment from the header of a record. */
  static int lengthOf(ByteBuffer records, int at) {
    return ((records.get(at + 3) & 0xff) << 8) | (records.get(at + 4) & 0xff);
  }

  private static SSLProtocolException refusal(String what) {
    return new SSLProtocolException("cannot complete the TLS handshake: the peer sent " + what);
  }
}
