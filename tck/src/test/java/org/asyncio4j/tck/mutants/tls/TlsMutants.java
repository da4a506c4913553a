package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.core.Promise;
import org.asyncio4j.net.*;
import org.asyncio4j.net.tls.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.transports.MemoryMutants;
import org.asyncio4j.tck.probe.TlsLinks;

/** Chapter 17: TLS. */
public final class TlsMutants extends Defects {

  private static final Duration A_WHILE = Duration.ofMillis(50);
  private static final int HEADER_BYTES = Receiving.HEADER_BYTES;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  public TlsMutants() {
    defect("17.1", "uses a server name that was not given")
        .loop(loop ->
            loop.createConnection.options(options ->
                options
                    .tls()
                    .filter(tls -> tls.serverName().isEmpty())
                    .map(tls -> options.withTls(tls.withServerName("localhost")))
                    .orElse(options)));
    defect("17.2", "shows the cipher late")
        .tlsConnections(it -> {
          long[] end = new long[1];
          it.connectionMade.before(
              _ -> end[0] = it.loop().time() + Duration.ofMillis(20).toNanos());
          it.forget(key -> key == ExtraInfo.CIPHER && it.loop().time() < end[0]);
        });
    defect("17.3 also .34, .35", "completes the waiter late")
        .loop(loop ->
            loop.shaken(
                _ -> true,
                (done, waiter) -> {
                  if (done.exception().isEmpty()) {
                    loop.callLater(Duration.ofMillis(20), () -> MutantLoop.complete(waiter));
                  } else {
                    MutantLoop.copy(done, waiter);
                  }
                }));
    defect("17.4 also .29", "trusts the server of the kit in any context")
        .loop(loop ->
            loop.makeTlsTransport.withIf(
                request -> request.role() != TlsRole.SERVER,
                "options",
                request -> request.options().withContext(TlsLinks.context("client", "server"))));
    defect("17.5", "verifies no name")
        .loop(loop -> loop.tlsOptions(asked -> asked.withoutHostnameVerification()));
    defect("17.6 also .31", "is patient in the handshake")
        .loop(loop -> loop.tlsOptions(asked -> asked.withHandshakeLimit(Duration.ofSeconds(60))));
    defect("17.7", "swallows an end before anything came")
        .connections(it ->
            beneath(
                it,
                () -> it.eofReceived.aroundIf(it.bufferUpdated.called().negate(), (_, _) -> true)));
    defect("17.8 also .37", "drops what does not look like TLS")
        .connections(it ->
            beneath(
                it,
                () -> {
                  List<ByteBuffer> lent = it.getBuffer.results();
                  Flag tlsHeard = new Flag();
                  it.bufferUpdated.before(_ -> looksLikeTls(lent.getLast()), _ -> tlsHeard.set());
                  it.bufferUpdated.onlyIf(tlsHeard);
                }));
    defect("17.9", "asks for no certificate")
        .loop(loop ->
            loop.tlsOptions(asked -> asked.withClientAuthentication(TlsClientAuthentication.NONE)));
    defect("17.10", "leaves out ALPN")
        .loop(loop -> loop.tlsOptions(asked -> asked.withApplicationProtocols(List.of())));
    defect("17.11", "loses what does not fit into a lent buffer")
        .loop(loop ->
            loop.makeTlsTransport.withIf(
                request -> request.protocol() instanceof BufferedProtocol,
                "protocol",
                request -> Receiving.lossy((BufferedProtocol) request.protocol())));
    defect("17.12 also .13, .14, .20, .21", "does not pause")
        .tlsConnections(it -> it.pauseReading.swallow());
    defect("17.13 also .12, .14, .20, .21", "pauses late")
        .tlsConnections(it -> {
          Flag wanted = it.pausedReading();
          it.pauseReading
              .instead((correct, _) -> it.loop().callLater(A_WHILE, correct.later()))
              .onlyIf(wanted);
        });
    defect("17.14", "does not call pauseWriting").tlsConnections(it -> it.pauseWriting.swallow());
    defect("17.15", "does not know what is below TLS")
        .tlsConnections(it -> it.forget(key -> key == ExtraInfo.PEERNAME));
    defect("17.16 also .18, .19, .20, .21, .22, .26, .27", "closes without a word")
        .tlsConnections(it -> it.close.instead(_ -> it.correct().abort()));
    // As asyncio does.
    defect("17.17", "takes any end for a proper one")
        .tlsConnections(it ->
            it.connectionLost.givenIf(
                TlsTruncationException.class::isInstance,
                _ -> {
                  boolean ignored = it.user().eofReceived();
                  return null;
                }));
    defect("17.18", "drops what waits when it closes")
        .tlsConnections(it ->
            it.close.insteadIf(_ -> it.correct().writeBufferSize() > 0, _ -> it.correct().abort()));
    defect("17.19", "refuses late writes")
        .tlsConnections(it ->
            it.write.refuse(
                _ -> it.correct().isClosing(),
                _ -> new IllegalStateException("the transport is closing")));
    defect("17.20 also .19, .21, .22", "listens on for a moment after it was closed")
        .tlsConnections(
            it -> it.close.instead((correct, _) -> it.loop().callLater(A_WHILE, correct.later())));
    defect("17.21", "is patient at the end")
        .loop(loop -> loop.tlsOptions(asked -> asked.withShutdownLimit(Duration.ofSeconds(60))));
    defect("17.22", "has no owner")
        .loop(loop -> loop.makeTlsTransport.with("owner", _ -> Optional.empty()));
    defect("17.29", "knows one name")
        .loop(loop -> loop.tlsOptions(asked -> asked.withContextChooser(_ -> asked.context())));
    defect("17.30", "goes on with a handshake whose task is cancelled")
        .loop(loop ->
            loop.makeTlsTransport.aroundIf(
                request -> request.waiter().isPresent(),
                (correct, request) ->
                    loop.shown(
                        correct.call(request),
                        it -> it.close.unless(_ -> request.waiter().get().isCancelled()))));
    defect("17.37", "passes by empty records")
        .or("passes by empty records but not in the first connection", Turn.from(2))
        .loop(loop -> passBy(loop, () -> shorterThan(1)));
    defect("17.38 also .37", "takes tiny records without end")
        .or("takes tiny records without end but not in the first connection", Turn.from(2))
        .loop(loop -> passBy(loop, () -> shorterThan(3)));
    // TLS 1.3 has it for old proxies.
    defect("17.38 also .37", "counts no change of ciphers")
        .loop(loop ->
            passBy(loop, () -> record -> record.get(record.position()) == CHANGE_CIPHER_SPEC));
    defect(
            "17.38 also .37",
            "counts anew with each type of records but not in the first connection",
            Turn.from(2))
        .loop(loop -> passBy(loop, TlsMutants::ofAnotherType));
    defect("17.39 also .29", "shakes hands with one client at a time")
        .loop(loop -> shakeFewHands(loop, 1));
    defect("17.39", "shakes hands with five clients at a time")
        .loop(loop -> shakeFewHands(loop, 5));
    defect("17.44", "looks at the first buffer only and leaves out others that cannot be used")
        .tlsConnections(it ->
            it.writeLines.given(buffers ->
                buffers.stream()
                    .filter(buffer -> buffer == buffers.getFirst() || Buffers.isUsable(buffer))
                    .toList()));
    defect("17.44", "encrypts what comes before memory that was freed")
        .tlsConnections(MemoryMutants::writeOneByOne);
    defect("17.44", "encrypts what comes before memory that was freed later on", Turn.from(5))
        .tlsConnections(it ->
            it.writeLines.onFailure(
                IllegalStateException.class,
                (_, buffers) -> {
                  if (it.turn().comes()) {
                    it.correct().write(buffers.getFirst());
                  }
                }));
    defect("17.45", "takes the failure of a server without a key for the fault of its peer")
        .or("blames the peer but not for the first two failures", Turn.from(3))
        .loop(loop ->
            loop.callExceptionHandler.unless(report ->
                report.exception().orElse(null) instanceof TlsConfigurationException
                    && loop.turn().comes()));
    defect("17.45", "throws the exception of JSSE from startTls")
        .loop(loop ->
            loop.startTls.insteadOf(
                TlsConfigurationException.class,
                mistake ->
                    mistake.getCause() instanceof SSLHandshakeException cause ? cause : mistake));
    defect("17.46", "takes every refusal of a client for a mistake")
        .or("takes every refusal but the first for a mistake", Turn.from(2))
        .loop(loop ->
            loop.makeTlsTransport.withIf(
                request -> request.waiter().isEmpty(),
                "waiter",
                _ -> {
                  Promise<Void> done = loop.createFuture();
                  done.addDoneCallback(over -> report(loop, over.exception().orElse(null)));
                  return Optional.of(done);
                }));
  }

  private static void beneath(ConnectionSeams it, Runnable script) {
    if (it.user() instanceof BufferedProtocol) {
      script.run();
    }
  }

  private static boolean looksLikeTls(ByteBuffer data) {
    int first = data.get(data.position());
    return first >= 20 && first <= 23;
  }

  /** Skips some records of clients. */
  private static void passBy(MutantLoop loop, Supplier<Predicate<ByteBuffer>> passed) {
    loop.makeSocketTransport.withIf(
        request ->
            request.owner().isPresent()
                && request.protocol() instanceof BufferedProtocol
                && loop.turn().comes(),
        "protocol",
        request -> Receiving.sieved((BufferedProtocol) request.protocol(), passed.get()));
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

  /** Refuses clients while the given number of handshakes are in progress. */
  private static void shakeFewHands(MutantLoop loop, int most) {
    AtomicInteger open = new AtomicInteger();
    loop.makeTlsTransport.refuse(
        request -> request.owner().isPresent() && open.incrementAndGet() > most,
        request -> new IOException("too many handshakes"));
    loop.tlsConnections(it -> it.detach.before(_ -> open.decrementAndGet()));
  }

  private static void report(MutantLoop loop, Throwable failure) {
    if (failure instanceof TlsConfigurationException
        || failure instanceof SSLHandshakeException
            && String.valueOf(failure.getMessage()).contains("authentication scheme")
            && loop.turn().comes()) {
      loop.report("a server has refused a client", failure);
    }
  }
}
