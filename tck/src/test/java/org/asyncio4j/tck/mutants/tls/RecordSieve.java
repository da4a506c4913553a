package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.net.*;

/** Passes the records of a client on to TLS, except some. */
final class RecordSieve implements Protocol {

  static final int HEADER_BYTES = 5;

  private final BufferedProtocol tls;
  private final Predicate<ByteBuffer> passedBy;
  private ByteBuffer gathered = ByteBuffer.allocate(0);

  RecordSieve(BufferedProtocol tls, Predicate<ByteBuffer> passedBy) {
    this.tls = tls;
    this.passedBy = passedBy;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    gathered =
        ByteBuffer.allocate(gathered.remaining() + data.remaining()).put(gathered).put(data).flip();
    for (ByteBuffer record = next(); record != null; record = next()) {
      if (!passedBy.test(record)) {
        pass(record);
      }
    }
  }

  /** {@return the next whole record, or null} */
  private ByteBuffer next() {
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

  private void pass(ByteBuffer record) {
    while (record.hasRemaining()) {
      ByteBuffer room = tls.getBuffer(-1);
      int count = Math.min(room.remaining(), record.remaining());
      room.put(record.slice(record.position(), count));
      record.position(record.position() + count);
      tls.bufferUpdated(count);
    }
  }

  @Override
  public void connectionMade(Transport transport) {
    tls.connectionMade(transport);
  }

  @Override
  public void pauseWriting() {
    tls.pauseWriting();
  }

  @Override
  public void resumeWriting() {
    tls.resumeWriting();
  }

  @Override
  public boolean eofReceived() {
    return tls.eofReceived();
  }

  @Override
  public void connectionLost(Throwable exception) {
    tls.connectionLost(exception);
  }
}
