package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.NetworkSeams.StartTls;

/** Chapter 17: TLS on a connection that exists. */
public final class StartTlsMutants extends Defects {

  public StartTlsMutants() {
    defect("17.23 also .26, .27, .35", "makes the connection again")
        .loop(loop ->
            loop.startTls.withResult((made, wanted) -> wanted.protocol().connectionMade(made)));
    defect("17.24 also .28, .43", "drops what was received before")
        .loop(loop -> loop.startTls.with("received", _ -> ByteBuffer.allocate(0)));
    defect(
            "17.25 also .31, .33, .34, .36, .40, .42",
            "leaves the connection open when the task is cancelled")
        .loop(loop -> over(loop, (it, _) -> it.abort.swallow()));
    defect("17.26", "speaks TLS once")
        .loop(loop -> {
          List<Transport> secured = loop.startTls.results();
          loop.startTls.refuse(
              wanted -> secured.contains(wanted.transport()),
              _ -> new IllegalArgumentException("transport speaks TLS already"));
        });
    defect("17.27 also .23, .24, .26", "returns the plain transport")
        .loop(loop ->
            loop.startTls.around((correct, wanted) -> {
              Transport ignored = correct.call(wanted);
              return wanted.transport();
            }));
    defect("17.28 also .24, .43", "reads what came early")
        .loop(loop -> {
          loop.startTls.before(wanted -> {
            if (wanted.received().hasRemaining()
                && wanted.protocol() instanceof Protocol listener) {
              listener.dataReceived(wanted.received());
            }
          });
          loop.startTls.with("received", _ -> ByteBuffer.allocate(0));
        });
    defect("17.31 also .32, .33, .34, .40, .41, .42, .43", "forgets the former protocol")
        .or("remembers the former protocol of the first connection only", Turn.from(2))
        .loop(loop -> forgetFormer(loop, _ -> true));
    defect("17.31 also .32, .40, .41, .42", "calls connectionLost of the new protocol, too")
        .loop(loop ->
            loop.startTls.onFailure(
                IOException.class,
                (thrown, wanted) -> loop.callSoon(() -> wanted.protocol().connectionLost(thrown))));
    defect("17.31 also .32, .36, .40, .41, .42, .43, .46", "keeps the reason to itself")
        .loop(loop -> tellFormer(loop, (former, _) -> former.connectionLost(null)));
    defect("17.32", "forgets the former protocol above TLS")
        .or("forgets the former protocol above the second transport that speaks TLS", Turn.from(2))
        .loop(loop -> forgetFormer(loop, it -> it.extraInfo(ExtraInfo.SSL_SESSION).isPresent()));
    defect(
            "17.33 also .34, .42",
            "notifies the former protocol twice, from the second cancellation on",
            Turn.from(2))
        .loop(loop ->
            loop.startTls.aroundIf(
                loop.turn(),
                (correct, wanted) -> {
                  StreamProtocol former = wanted.transport().protocol();
                  try {
                    return correct.call(wanted);
                  } catch (CancelledError cancelled) {
                    loop.callSoon(() -> former.connectionLost(null));
                    throw cancelled;
                  }
                }));
    defect("17.33 also .34, .42, .43", "does not call connectionLost without a reason")
        .loop(loop ->
            tellFormer(
                loop,
                (former, reason) -> {
                  if (reason != null) {
                    former.connectionLost(reason);
                  }
                }));
    // TLS that goes over it is a protocol with buffers.
    defect("17.34 also .41", "lets the new protocol keep a connection whose task is cancelled")
        .or(
            "lets the new protocol keep the second connection whose task is cancelled",
            Turn.from(2))
        .loop(loop ->
            loop.makeTlsTransport.returns(made ->
                loop.turn().comes()
                    ? loop.shown(
                        made, it -> it.setProtocol.onlyIf(BufferedProtocol.class::isInstance))
                    : made));
    defect("17.35 also .3, .34", "calls the new protocol before its program has the transport")
        .or("calls the second new protocol before its program has the transport", Turn.from(2))
        .loop(loop ->
            loop.shaken(
                loop.turn(),
                (done, waiter) -> loop.twoTicksLate(() -> MutantLoop.copy(done, waiter)).run()));
    defect("17.36 also .25, .31, .33, .34, .40, .41, .42", "goes on in plain text")
        .or(
            "17.36 also .31, .33, .34, .40, .41, .42",
            "goes on in plain text when it happens again",
            Turn.from(3))
        .loop(loop ->
            over(loop, (it, former) -> it.abort.instead(_ -> it.transport().setProtocol(former))));
    defect("17.40 also .41, .43", "hides an abort from the former protocol")
        .or("hides all aborts but the first from the former protocol", Turn.from(2))
        .loop(loop ->
            tellFormer(
                loop,
                (former, reason) -> {
                  boolean known =
                      reason instanceof SSLException || reason instanceof TimeoutException;
                  former.connectionLost(known || !loop.turn().comes() ? reason : null);
                }));
    defect("17.41", "throws another exception than the former protocol receives")
        .or("throws another exception the second time", Turn.from(2))
        .loop(loop -> {
          List<TlsTransportRequest> made = loop.makeTlsTransport.arguments();
          loop.startTls.insteadOf(
              IOException.class,
              thrown ->
                  isShaken(made) && loop.turn().comes()
                      ? new IOException("the connection was lost as the handshake was done", thrown)
                      : thrown);
        });
    defect("17.42", "aborts in the next tick")
        .or("aborts later ones in the next tick", Turn.from(5))
        .loop(loop ->
            loop.startTls.with(
                "transport",
                wanted ->
                    loop.shown(wanted.transport(), it -> it.abort.lateIf(loop.turn(), loop))));
    defect("17.43", "pauses a connection before the options are looked at")
        .loop(loop ->
            onFailure(
                loop, IllegalArgumentException.class, wanted -> wanted.transport().pauseReading()));
    defect(
            "17.43",
            "hands the connection over before the options are looked at later on",
            Turn.from(4))
        .loop(loop ->
            onFailure(
                loop,
                IllegalArgumentException.class,
                wanted -> wanted.transport().setProtocol(wanted.protocol())));
    defect("17.43", "closes for a buffer that cannot be used", Turn.from(2))
        .loop(loop ->
            onFailure(loop, IllegalStateException.class, wanted -> wanted.transport().close()));
  }

  /** Decorates the transport below, also given the protocol that it has so far. */
  private static void over(MutantLoop loop, BiConsumer<ConnectionSeams, StreamProtocol> script) {
    loop.startTls.withIf(
        loop.turn(),
        "transport",
        wanted -> {
          StreamProtocol former = wanted.transport().protocol();
          return loop.shown(wanted.transport(), it -> script.accept(it, former));
        });
  }

  /** Does something if {@code startTls} fails in a certain way. */
  private static void onFailure(
      MutantLoop loop, Class<? extends Throwable> kind, Consumer<StartTls> act) {
    loop.startTls.onFailure(
        kind,
        (_, wanted) -> {
          if (loop.turn().comes()) {
            act.accept(wanted);
          }
        });
  }

  /** Takes some connections away from their protocols without notifying these. */
  private static void forgetFormer(MutantLoop loop, Predicate<Transport> isConcerned) {
    loop.startTls.before(
        wanted -> loop.turn().comes() && isConcerned.test(wanted.transport()),
        wanted -> tellOtherwise(wanted.transport(), (_, _) -> {}));
  }

  private static void tellFormer(MutantLoop loop, BiConsumer<StreamProtocol, Throwable> telling) {
    loop.startTls.before(wanted -> tellOtherwise(wanted.transport(), telling));
  }

  /** Stands between a connection and its protocol and changes how losses are reported. */
  private static void tellOtherwise(
      Transport transport, BiConsumer<StreamProtocol, Throwable> telling) {
    StreamProtocol former = transport.protocol();
    transport.setProtocol(
        new Protocol() {
          @Override
          public void dataReceived(ByteBuffer data) {}

          @Override
          public void connectionLost(Throwable reason) {
            telling.accept(former, reason);
          }
        });
  }

  private static boolean isShaken(List<TlsTransportRequest> made) {
    return !made.isEmpty()
        && made.getLast()
            .waiter()
            .filter(it -> it.isDone() && !it.isCancelled() && it.exception().isEmpty())
            .isPresent();
  }
}
