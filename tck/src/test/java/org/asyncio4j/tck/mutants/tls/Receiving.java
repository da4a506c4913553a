package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.net.*;
import org.asyncio4j.tck.mutants.harness.Decorated;

/** What protocols that lend buffers receive of what has arrived. */
final class Receiving {

  static final int HEADER_BYTES = 5;

  private Receiving() {}

  /** Fills every lent buffer and drops the bytes that do not fit. */
  static Protocol lossy(BufferedProtocol lender) {
    return receiving(lender, data -> fill(lender, data));
  }

  /** Passes the records of a client on to TLS, except some. */
  static Protocol sieved(BufferedProtocol tls, Predicate<ByteBuffer> passedBy) {
    ByteBuffer[] gathered = {ByteBuffer.allocate(0)};
    return receiving(
        tls,
        data -> {
          int all = gathered[0].remaining() + data.remaining();
          gathered[0] = ByteBuffer.allocate(all).put(gathered[0]).put(data).flip();
          for (ByteBuffer it = next(gathered[0]); it != null; it = next(gathered[0])) {
            boolean passed = passedBy.test(it);
            while (!passed && it.hasRemaining()) {
              fill(tls, it);
            }
          }
        });
  }

  private static Protocol receiving(BufferedProtocol lender, Consumer<ByteBuffer> receiving) {
    return Decorated.changed(
        Protocol.class,
        lender,
        "dataReceived",
        it -> it.instead(data -> receiving.accept((ByteBuffer) data)));
  }

  /** {@return the next whole record, or null} */
  private static ByteBuffer next(ByteBuffer gathered) {
    if (gathered.remaining() < HEADER_BYTES) {
      return null;
    }
    int start = gathered.position();
    int length = HEADER_BYTES + (gathered.getShort(start + 3) & 0xffff);
    if (gathered.remaining() < length) {
      return null;
    }
    gathered.position(start + length);
    return gathered.slice(start, length);
  }

  private static void fill(BufferedProtocol lender, ByteBuffer data) {
    ByteBuffer room = lender.getBuffer(-1);
    int count = Math.min(room.remaining(), data.remaining());
    room.put(room.position(), data, data.position(), count);
    data.position(data.position() + count);
    lender.bufferUpdated(count);
  }
}
