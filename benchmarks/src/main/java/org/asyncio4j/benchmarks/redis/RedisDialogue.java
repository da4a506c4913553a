package org.asyncio4j.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.benchmarks.comparison.Dialogue;

/** A client that repeats its script and checks every byte of the replies. */
final class RedisDialogue implements Dialogue {

  private final RedisScript script;
  private ByteBuffer missing = ByteBuffer.allocate(0);
  private int next;

  RedisDialogue(RedisScript script) {
    this.script = script;
  }

  @Override
  public ByteBuffer nextMessage() {
    ByteBuffer message = script.messages().get(next).rewind();
    missing = script.replies().get(next).rewind();
    next = (next + 1) % script.messages().size();
    return message;
  }

  @Override
  public int requestsPerMessage() {
    return script.depth();
  }

  @Override
  public boolean receive(ByteBuffer piece) throws IOException {
    int count = piece.remaining();
    int wrong = piece.mismatch(missing);
    if (wrong >= 0 && wrong < count) {
      throw new IOException(
          "reply must be '%s' but was '%s'"
              .formatted(ISO_8859_1.decode(missing), ISO_8859_1.decode(piece)));
    }
    missing.position(missing.position() + count);
    return !missing.hasRemaining();
  }
}
