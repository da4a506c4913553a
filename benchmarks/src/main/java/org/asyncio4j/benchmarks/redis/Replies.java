package org.asyncio4j.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Replies in RESP 2, which are written together. */
final class Replies {

  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] PONG = ascii("+PONG\r\n");
  private static final byte[] NIL = ascii("$-1\r\n");
  private static final byte[] LINE_END = ascii("\r\n");

  private ByteBuffer buffer = ByteBuffer.allocate(4 * 1024);

  void ok() {
    append(OK);
  }

  void pong() {
    append(PONG);
  }

  void error(String message) {
    append(ascii("-ERR " + message + "\r\n"));
  }

  /** Appends an integer, given as its digits. */
  void integer(byte[] digits) {
    append((byte) ':', digits);
  }

  void bulk(byte @Nullable [] value) {
    if (value == null) {
      append(NIL);
    } else {
      append((byte) '$', ascii(Integer.toString(value.length)));
      append(value);
      append(LINE_END);
    }
  }

  /**
   * Returns the replies since the last call, from position to limit. The buffer has an array and is
   * valid until the next reply is appended.
   */
  ByteBuffer take() {
    ByteBuffer taken = buffer.duplicate().flip();
    buffer.clear();
    return taken;
  }

  private void append(byte type, byte[] rest) {
    room(1 + rest.length + LINE_END.length).put(type).put(rest).put(LINE_END);
  }

  private void append(byte[] bytes) {
    room(bytes.length).put(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = buffer.position() + bytes;
      buffer = ByteBuffer.allocate(Math.max(needed, 2 * buffer.capacity())).put(buffer.flip());
    }
    return buffer;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
