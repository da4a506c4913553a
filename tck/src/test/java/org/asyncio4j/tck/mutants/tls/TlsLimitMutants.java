package org.asyncio4j.tck.mutants.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 17: what clients may do before a server knows them. */
public final class TlsLimitMutants extends Defects {

  private static final int HEADER_BYTES = RecordSieve.HEADER_BYTES;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  public TlsLimitMutants() {
    defect("17.37", "passes by empty records")
        .loop(loop -> passBy(loop, Turn.always(), () -> shorterThan(1)));

    defect("17.37", "passes by empty records but not in the first connection")
        .loop(loop -> passBy(loop, Turn.fromSecond(), () -> shorterThan(1)));

    defect("17.38", "takes tiny records without end")
        .also("17.37")
        .loop(loop -> passBy(loop, Turn.always(), () -> shorterThan(3)));

    defect("17.38", "takes tiny records without end but not in the first connection")
        .also("17.37")
        .loop(loop -> passBy(loop, Turn.fromSecond(), () -> shorterThan(3)));

    // TLS 1.3 has it for old proxies.
    defect("17.38", "counts no change of ciphers")
        .also("17.37")
        .loop(loop ->
            passBy(
                loop,
                Turn.always(),
                () -> record -> record.get(record.position()) == CHANGE_CIPHER_SPEC));

    defect("17.38", "counts anew with each type of records but not in the first connection")
        .also("17.37")
        .loop(loop -> passBy(loop, Turn.fromSecond(), TlsLimitMutants::ofAnotherType));

    defect("17.39", "shakes hands with one client at a time")
        .also("17.29")
        .loop(loop -> shakeFewHands(loop, 1));

    defect("17.39", "shakes hands with five clients at a time")
        .loop(loop -> shakeFewHands(loop, 5));
  }

  /** Passes by some records of clients. */
  private static void passBy(
      MutantLoop loop, Turn concerned, Supplier<Predicate<ByteBuffer>> passed) {
    loop.makeSocketTransport.given(request ->
        request.owner().isPresent()
                && request.protocol() instanceof BufferedProtocol tls
                && concerned.getAsBoolean()
            ? Requests.withProtocol(request, new RecordSieve(tls, passed.get()))
            : request);
  }

  private static Predicate<ByteBuffer> shorterThan(int bytes) {
    return record -> record.remaining() < HEADER_BYTES + bytes;
  }

  private static Predicate<ByteBuffer> ofAnotherType() {
    AtomicInteger last = new AtomicInteger(HANDSHAKE);
    return record -> {
      int type = record.get(record.position());
      return last.getAndSet(type) != type && record.remaining() <= HEADER_BYTES + 2;
    };
  }

  /** Turns clients away while so many are in their handshakes. */
  private static void shakeFewHands(MutantLoop loop, int most) {
    AtomicInteger open = new AtomicInteger();
    loop.makeTlsTransport.refuse(
        request -> request.owner().isPresent() && open.incrementAndGet() > most,
        request -> new IOException("too many handshakes"));
    loop.tlsConnections(it -> it.detach.before(open::decrementAndGet));
  }
}
