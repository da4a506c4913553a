package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.tls.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.transports.MemoryMutants;
import org.asyncio4j.tck.probe.TlsLinks;

/** Chapter 17: TLS. */
public final class TlsMutants extends Defects {

  private static final int HEADER_BYTES = RecordSieve.HEADER_BYTES;
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
              () -> end[0] = it.loop().time() + Duration.ofMillis(20).toNanos());
          it.forget(key -> key == ExtraInfo.CIPHER && it.loop().time() < end[0]);
        });
    defect("17.3 also .34, .35", "completes the waiter late")
        .loop(loop ->
            loop.makeTlsTransport.given(request ->
                request
                    .waiter()
                    .map(
                        waiter -> Requests.with(request, "waiter", Optional.of(late(loop, waiter))))
                    .orElse(request)));
    defect("17.4 also .29", "trusts the server of the kit in any context")
        .loop(loop ->
            loop.tlsOptions((asked, role) ->
                role == TlsRole.SERVER
                    ? asked
                    : asked.withContext(TlsLinks.context("client", "server"))));
    defect("17.5", "verifies no name")
        .loop(loop -> loop.tlsOptions((asked, _) -> asked.withoutHostnameVerification()));
    defect("17.6 also .31", "is patient in the handshake")
        .loop(loop ->
            loop.tlsOptions((asked, _) -> asked.withHandshakeLimit(Duration.ofSeconds(60))));
    defect("17.7", "swallows an end before anything came")
        .connections(it ->
            beneath(
                it,
                () -> {
                  Flag heard = it.bufferUpdated.called();
                  it.eofReceived.around((correct, _) -> !heard.isSet() || correct.call());
                }));

    defect("17.8 also .37", "drops what does not look like TLS")
        .connections(it ->
            beneath(
                it,
                () -> {
                  ByteBuffer[] lent = new ByteBuffer[1];
                  Flag tlsHeard = new Flag();
                  it.getBuffer.returns(buffer -> lent[0] = buffer);
                  it.bufferUpdated.before(() -> {
                    int first = lent[0].get(lent[0].position());
                    if (first >= 20 && first <= 23) {
                      tlsHeard.set();
                    }
                  });
                  it.bufferUpdated.onlyIf(tlsHeard);
                }));

    defect("17.9", "asks for no certificate")
        .loop(loop ->
            loop.tlsOptions(
                (asked, _) -> asked.withClientAuthentication(TlsClientAuthentication.NONE)));
    defect("17.10", "leaves out ALPN")
        .loop(loop -> loop.tlsOptions((asked, _) -> asked.withApplicationProtocols(List.of())));
    defect("17.11", "loses what does not fit into a lent buffer")
        .loop(loop ->
            loop.makeTlsTransport.given(request ->
                request.protocol() instanceof BufferedProtocol lender
                    ? Requests.with(request, "protocol", new Lossy(lender))
                    : request));
    defect("17.12 also .13, .14, .20, .21", "does not pause")
        .tlsConnections(it -> it.pauseReading.swallow());

    defect("17.13 also .12, .14, .20, .21", "pauses late")
        .tlsConnections(it -> {
          Flag wanted = it.pausedReading();
          it.pauseReading.instead((correct, _) ->
              it.loop()
                  .callLater(
                      Duration.ofMillis(50),
                      () -> {
                        if (wanted.isSet()) {
                          correct.later().run();
                        }
                      }));
        });

    defect("17.14", "does not call pauseWriting").tlsConnections(it -> it.pauseWriting.swallow());
    defect("17.15", "does not know what is below TLS")
        .tlsConnections(it -> it.forget(key -> key == ExtraInfo.PEERNAME));
    defect("17.16 also .18, .19, .20, .21, .22, .26, .27", "closes without a word")
        .tlsConnections(it -> it.close.instead((_, _) -> it.correct().abort()));
    // As asyncio does.
    defect("17.17", "takes any end for a proper one")
        .tlsConnections(it ->
            it.connectionLost.given(reason -> {
              if (!(reason instanceof TlsTruncationException)) {
                return reason;
              }
              boolean ignored = it.user().eofReceived();
              return null;
            }));
    defect("17.18", "drops what waits when it closes")
        .tlsConnections(it ->
            it.close.insteadIf(
                () -> it.correct().writeBufferSize() > 0, () -> it.correct().abort()));
    defect("17.19", "refuses late writes")
        .tlsConnections(it ->
            it.write.refuse(
                () -> it.correct().isClosing(),
                () -> new IllegalStateException("the transport is closing")));
    defect("17.20 also .19, .21, .22", "listens on for a moment after it was closed")
        .tlsConnections(it ->
            it.close.instead(
                (correct, _) -> it.loop().callLater(Duration.ofMillis(50), correct.later())));
    defect("17.21", "is patient at the end")
        .loop(
            loop -> loop.tlsOptions((asked, _) -> asked.withShutdownLimit(Duration.ofSeconds(60))));
    defect("17.22", "has no owner")
        .loop(loop ->
            loop.makeTlsTransport.given(it -> Requests.with(it, "owner", Optional.empty())));
    defect("17.29", "knows one name")
        .loop(
            loop -> loop.tlsOptions((asked, _) -> asked.withContextChooser(_ -> asked.context())));
    defect("17.30", "goes on with a handshake whose task is cancelled")
        .loop(loop ->
            loop.makeTlsTransport.around((correct, request) ->
                request.waiter().isEmpty()
                    ? correct.call(request)
                    : loop.shown(
                        correct.call(request),
                        it -> it.close.unless(() -> request.waiter().get().isCancelled()))));
    defect("17.37", "passes by empty records")
        .loop(loop -> passBy(loop, Turn.always(), () -> shorterThan(1)));
    defect("17.37", "passes by empty records but not in the first connection")
        .loop(loop -> passBy(loop, Turn.from(2), () -> shorterThan(1)));
    defect("17.38 also .37", "takes tiny records without end")
        .loop(loop -> passBy(loop, Turn.always(), () -> shorterThan(3)));
    defect("17.38 also .37", "takes tiny records without end but not in the first connection")
        .loop(loop -> passBy(loop, Turn.from(2), () -> shorterThan(3)));
    // TLS 1.3 has it for old proxies.
    defect("17.38 also .37", "counts no change of ciphers")
        .loop(loop ->
            passBy(
                loop,
                Turn.always(),
                () -> record -> record.get(record.position()) == CHANGE_CIPHER_SPEC));
    defect(
            "17.38 also .37",
            "counts anew with each type of records but not in the first connection")
        .loop(loop -> passBy(loop, Turn.from(2), TlsMutants::ofAnotherType));
    defect("17.39 also .29", "shakes hands with one client at a time")
        .loop(loop -> shakeFewHands(loop, 1));
    defect("17.39", "shakes hands with five clients at a time")
        .loop(loop -> shakeFewHands(loop, 5));
    defect("17.44", "looks at the first buffer only and leaves out others that cannot be used")
        .tlsConnections(it ->
            it.writeLines.given(buffers ->
                buffers.stream()
                    .filter(
                        buffer -> buffer == buffers.getFirst() || MemoryMutants.isUsable(buffer))
                    .toList()));
    defect("17.44", "encrypts what comes before memory that was freed")
        .tlsConnections(
            it -> it.writeLines.instead((_, buffers) -> buffers.forEach(it.correct()::write)));
    defect("17.44", "encrypts what comes before memory that was freed later on")
        .tlsConnections(it -> {
          Turn ahead = Turn.from(5);
          it.writeLines.onFailure(
              IllegalStateException.class,
              (_, buffers) -> {
                if (ahead.comes()) {
                  it.correct().write(buffers.getFirst());
                }
              });
        });
    defect("17.45", "takes the failure of a server without a key for the fault of its peer")
        .loop(loop -> blameThePeer(loop, Turn.always()));
    defect("17.45", "blames the peer but not for the first two failures")
        .loop(loop -> blameThePeer(loop, Turn.from(3)));
    defect("17.45", "throws the exception of JSSE from startTls")
        .loop(loop ->
            loop.startTls.insteadOf(
                TlsConfigurationException.class,
                mistake ->
                    mistake.getCause() instanceof SSLHandshakeException cause ? cause : mistake));
    defect("17.46", "takes every refusal of a client for a mistake")
        .loop(loop -> blameItself(loop, Turn.always()));
    defect("17.46", "takes every refusal but the first for a mistake")
        .loop(loop -> blameItself(loop, Turn.from(2)));
  }

  private static Promise<Void> late(MutantLoop loop, Promise<Void> waiter) {
    Promise<Void> own = loop.createFuture();
    own.addDoneCallback(done -> {
      if (done.exception().isEmpty()) {
        loop.callLater(Duration.ofMillis(20), () -> MutantLoop.complete(waiter));
      } else {
        MutantLoop.copy(done, waiter);
      }
    });
    return own;
  }

  private static void beneath(ConnectionSeams it, Runnable script) {
    if (it.user() instanceof BufferedProtocol) {
      script.run();
    }
  }

  /** Skips some records of clients. */
  private static void passBy(
      MutantLoop loop, Turn concerned, Supplier<Predicate<ByteBuffer>> passed) {
    loop.makeSocketTransport.given(request ->
        request.owner().isPresent()
                && request.protocol() instanceof BufferedProtocol tls
                && concerned.comes()
            ? Requests.with(request, "protocol", new RecordSieve(tls, passed.get()))
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

  /** Refuses clients while the given number of handshakes are in progress. */
  private static void shakeFewHands(MutantLoop loop, int most) {
    AtomicInteger open = new AtomicInteger();
    loop.makeTlsTransport.refuse(
        request -> request.owner().isPresent() && open.incrementAndGet() > most,
        request -> new IOException("too many handshakes"));
    loop.tlsConnections(it -> it.detach.before(open::decrementAndGet));
  }

  private static void blameThePeer(MutantLoop loop, Turn silent) {
    loop.callExceptionHandler.unless(report ->
        report.exception().orElse(null) instanceof TlsConfigurationException && silent.comes());
  }

  private static void blameItself(MutantLoop loop, Turn reported) {
    loop.makeTlsTransport.given(request -> {
      if (request.waiter().isPresent()) {
        return request;
      }
      Promise<Void> done = loop.createFuture();
      done.addDoneCallback(over -> report(loop, over.exception().orElse(null), reported));
      return Requests.with(request, "waiter", Optional.of(done));
    });
  }

  private static void report(MutantLoop loop, Throwable failure, Turn reported) {
    if (failure instanceof TlsConfigurationException
        || failure instanceof SSLHandshakeException
            && String.valueOf(failure.getMessage()).contains("authentication scheme")
            && reported.comes()) {
      loop.callExceptionHandler(
          ErrorReport.of("a server has refused a client").withException(failure));
    }
  }

  /** Fills every lent buffer and drops the bytes that do not fit. */
  private record Lossy(BufferedProtocol lender) implements Protocol {

    @Override
    public void connectionMade(Transport transport) {
      lender.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      ByteBuffer buffer = lender.getBuffer(-1);
      int count = Math.min(buffer.remaining(), data.remaining());
      buffer.put(buffer.position(), data, data.position(), count);
      lender.bufferUpdated(count);
    }

    @Override
    public void connectionLost(Throwable exception) {
      lender.connectionLost(exception);
    }
  }
}
