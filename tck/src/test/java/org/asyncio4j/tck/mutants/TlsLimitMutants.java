package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TlsTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.jspecify.annotations.Nullable;

/** Defects of chapter 17 that concern what clients may do before a server knows them. */
final class TlsLimitMutants {

  private static final int HEADER_BYTES = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private TlsLimitMutants() {}

  /** A loop that passes by some records of clients. */
  abstract static class PassingBy extends NetworkMutant {

    private final int first;
    private int made;

    PassingBy(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    /** Looks at the records of one connection. */
    abstract Predicate<ByteBuffer> passed();

    static Predicate<ByteBuffer> shorterThan(int bytes) {
      return record -> record.remaining() < HEADER_BYTES + bytes;
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      if (request.owner().isPresent()
          && request.protocol() instanceof BufferedProtocol tls
          && ++made >= first) {
        return super.makeSocketTransport(withProtocol(request, new Sieve(tls, passed())));
      }
      return super.makeSocketTransport(request);
    }
  }

  /** Passes by empty records. */
  @Defect(breaks = "17.37")
  static final class PassesByEmptyRecords extends PassingBy {

    PassesByEmptyRecords(LoopContext context) {
      super(context, 1);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      return shorterThan(1);
    }
  }

  /** Passes by empty records, but not in the first connection. */
  @Defect(breaks = "17.37")
  static final class PassesByEmptyRecordsLater extends PassingBy {

    PassesByEmptyRecordsLater(LoopContext context) {
      super(context, 2);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      return shorterThan(1);
    }
  }

  /** Takes tiny records without end. */
  @Defect(breaks = "17.38", also = "17.37")
  static final class TakesTinyRecords extends PassingBy {

    TakesTinyRecords(LoopContext context) {
      super(context, 1);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      return shorterThan(3);
    }
  }

  /** Takes tiny records without end, but not in the first connection. */
  @Defect(breaks = "17.38", also = "17.37")
  static final class TakesTinyRecordsLater extends PassingBy {

    TakesTinyRecordsLater(LoopContext context) {
      super(context, 2);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      return shorterThan(3);
    }
  }

  /** Does not count what TLS 1.3 has for old proxies. */
  @Defect(
      breaks = "17.38",
      also = {"17.37"})
  static final class CountsNoChangeOfCiphers extends PassingBy {

    CountsNoChangeOfCiphers(LoopContext context) {
      super(context, 1);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      return record -> record.get(record.position()) == CHANGE_CIPHER_SPEC;
    }
  }

  /** Does not count records of another type than the last, but not in the first connection. */
  @Defect(
      breaks = "17.38",
      also = {"17.37"})
  static final class CountsAnewWithEachType extends PassingBy {

    CountsAnewWithEachType(LoopContext context) {
      super(context, 2);
    }

    @Override
    Predicate<ByteBuffer> passed() {
      AtomicInteger last = new AtomicInteger(HANDSHAKE);
      return record -> {
        int type = record.get(record.position());
        return last.getAndSet(type) != type && record.remaining() <= HEADER_BYTES + 2;
      };
    }
  }

  /** Passes whole records on. */
  private record Sieve(BufferedProtocol tls, Predicate<ByteBuffer> passed, Gathering gathered)
      implements Protocol {

    Sieve(BufferedProtocol tls, Predicate<ByteBuffer> passed) {
      this(tls, passed, new Gathering());
    }

    @Override
    public void connectionMade(Transport transport) {
      tls.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      gathered.add(data);
      for (ByteBuffer record = gathered.next(); record != null; record = gathered.next()) {
        if (!passed.test(record)) {
          pass(record);
        }
      }
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
    public void connectionLost(@Nullable Throwable exception) {
      tls.connectionLost(exception);
    }
  }

  /** What has arrived and is no whole record yet. */
  private static final class Gathering {

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    void add(ByteBuffer data) {
      bytes = ByteBuffer.allocate(bytes.remaining() + data.remaining()).put(bytes).put(data).flip();
    }

    @Nullable ByteBuffer next() {
      if (bytes.remaining() < 5) {
        return null;
      }
      int length = 5 + (bytes.getShort(bytes.position() + 3) & 0xffff);
      if (bytes.remaining() < length) {
        return null;
      }
      ByteBuffer record = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      return record;
    }
  }

  /** A loop that turns clients away while so many are in their handshakes. */
  abstract static class Crowded extends NetworkMutant {

    private final int most;
    private int open;

    Crowded(LoopContext context, int most) {
      super(context);
      this.most = most;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      if (request.owner().isPresent() && ++open > most) {
        throw new IOException("too many handshakes");
      }
      return super.makeTlsTransport(
          new TlsTransportRequest(
              request.carrier(),
              request.protocol(),
              request.options(),
              request.role(),
              request.waiter(),
              request.owner().map(this::counting),
              request.context()));
    }

    private TransportOwner counting(TransportOwner owner) {
      return new TransportOwner() {
        @Override
        public void attach(Transport transport) {
          owner.attach(transport);
        }

        @Override
        public void detach(Transport transport) {
          open--;
          owner.detach(transport);
        }
      };
    }
  }

  /** Shakes hands with one client at a time. */
  @Defect(breaks = "17.39", also = "17.29")
  static final class ShakesHandsOneByOne extends Crowded {

    ShakesHandsOneByOne(LoopContext context) {
      super(context, 1);
    }
  }

  /** Shakes hands with five clients at a time. */
  @Defect(breaks = "17.39")
  static final class ShakesFewHands extends Crowded {

    ShakesFewHands(LoopContext context) {
      super(context, 5);
    }
  }
}
