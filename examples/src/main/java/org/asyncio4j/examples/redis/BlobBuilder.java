package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a known number of bytes and the line end that follows them, piece by piece. */
final class BlobBuilder {

  private static final int FIRST_ROOM = 64 * 1024;
  private static final int PREFIX = "txt:".length();

  private final char type;
  private final int length;
  private byte[] bytes;
  private int filled;
  private boolean carriageReturn;

  BlobBuilder(char type, int length) {
    this.type = type;
    this.length = length;
    // Do not allocate the announced length at once: the peer may never send that much.
    this.bytes = new byte[Math.min(length, FIRST_ROOM)];
  }

  /** Takes the bytes of this value, and returns it once it is complete. */
  @Nullable Resp take(ByteBuffer data) throws RespException {
    while (data.hasRemaining()) {
      if (filled < length) {
        copy(data);
      } else {
        byte end = data.get();
        if (end != (carriageReturn ? '\n' : '\r')) {
          throw new RespException("cannot read %d bytes: no CR LF follows them".formatted(length));
        }
        if (carriageReturn) {
          return value();
        }
        carriageReturn = true;
      }
    }
    return null;
  }

  private void copy(ByteBuffer data) {
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
    }
    int copied = Math.min(bytes.length - filled, data.remaining());
    data.get(bytes, filled, copied);
    filled += copied;
  }

  private Resp value() throws RespException {
    return switch (type) {
      case '!' -> new Resp.Refusal(new String(bytes, UTF_8));
      case '=' -> {
        if (length < PREFIX) {
          throw new RespException("cannot read a verbatim string: it is too short for its format");
        }
        yield new Resp.Blob(Arrays.copyOfRange(bytes, PREFIX, length));
      }
      default -> new Resp.Blob(bytes);
    };
  }
}
