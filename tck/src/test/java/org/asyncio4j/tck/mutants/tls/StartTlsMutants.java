package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 17: TLS on a connection that exists. */
public final class StartTlsMutants extends Defects {

  public StartTlsMutants() {
    defect("17.23 also .26, .27, .35", "makes the connection again")
        .loop(loop ->
            loop.startTls.withResult((made, wanted) -> wanted.protocol().connectionMade(made)));
    defect("17.24 also .28, .43", "drops what was received before")
        .loop(loop -> loop.startTls.given(wanted -> wanted.having(ByteBuffer.allocate(0))));
    defect(
            "17.25 also .31, .33, .34, .36, .40, .42",
            "leaves the connection open when the task is cancelled")
        .loop(loop ->
            loop.startTls.given(
                wanted -> wanted.over(loop.shown(wanted.transport(), it -> it.abort.swallow()))));
    defect("17.26", "speaks TLS once")
        .loop(loop -> {
          Deque<Transport> secured = new ArrayDeque<>();
          loop.startTls.around((correct, wanted) -> {
            if (secured.contains(wanted.transport())) {
              throw new IllegalArgumentException("transport speaks TLS already");
            }
            Transport made = correct.call(wanted);
            secured.add(made);
            return made;
          });
        });
    defect("17.27 also .23, .24, .26", "returns the plain transport")
        .loop(loop ->
            loop.startTls.around((correct, wanted) -> {
              Transport ignored = correct.call(wanted);
              return wanted.transport();
            }));
    defect("17.28 also .24, .43", "reads what came early")
        .loop(loop ->
            loop.startTls.given(wanted -> {
              if (wanted.received().hasRemaining()
                  && wanted.protocol() instanceof Protocol listener) {
                listener.dataReceived(wanted.received());
              }
              return wanted.having(ByteBuffer.allocate(0));
            }));
    defect("17.31 also .32, .33, .34, .40, .41, .42, .43", "forgets the former protocol")
        .loop(loop -> forgetFormer(loop, Turn.always(), false));
    defect(
            "17.31 also .32, .33, .34, .40, .41, .42, .43",
            "remembers the former protocol of the first connection only")
        .loop(loop -> forgetFormer(loop, Turn.from(2), false));
    defect("17.31 also .32, .40, .41, .42", "calls connectionLost of the new protocol, too")
        .loop(loop ->
            loop.startTls.onFailure(
                IOException.class,
                (thrown, wanted) -> loop.callSoon(() -> wanted.protocol().connectionLost(thrown))));
    defect("17.31 also .32, .36, .40, .41, .42, .43, .46", "keeps the reason to itself")
        .loop(loop -> tellFormer(loop, (former, _) -> former.connectionLost(null)));
    defect("17.32", "forgets the former protocol above TLS")
        .loop(loop -> forgetFormer(loop, Turn.always(), true));
    defect("17.32", "forgets the former protocol above the second transport that speaks TLS")
        .loop(loop -> forgetFormer(loop, Turn.from(2), true));

    defect(
            "17.33 also .34, .42",
            "notifies the former protocol twice, from the second cancellation on")
        .loop(loop ->
            loop.startTls.around((correct, wanted) -> {
              boolean isLate = loop.shared(Turn.from(2)).comes();
              StreamProtocol former = wanted.transport().protocol();
              try {
                return correct.call(wanted);
              } catch (CancelledError cancelled) {
                if (isLate) {
                  loop.callSoon(() -> former.connectionLost(null));
                }
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
    defect("17.34 also .41", "lets the new protocol keep a connection whose task is cancelled")
        .loop(loop -> keepTheNewProtocol(loop, Turn.always()));
    defect(
            "17.34 also .41",
            "lets the new protocol keep the second connection whose task is cancelled")
        .loop(loop -> keepTheNewProtocol(loop, Turn.from(2)));
    defect("17.35 also .3, .34", "calls the new protocol before its program has the transport")
        .loop(loop -> hesitate(loop, Turn.always()));
    defect(
            "17.35 also .3, .34",
            "calls the second new protocol before its program has the transport")
        .loop(loop -> hesitate(loop, Turn.from(2)));
    defect("17.36 also .25, .31, .33, .34, .40, .41, .42", "goes on in plain text")
        .loop(loop -> goOnInPlainText(loop, Turn.always()));
    defect("17.36 also .31, .33, .34, .40, .41, .42", "goes on in plain text when it happens again")
        .loop(loop -> goOnInPlainText(loop, Turn.from(3)));
    defect("17.40 also .41, .43", "hides an abort from the former protocol")
        .loop(loop -> tellOfNoAbort(loop, Turn.always()));
    defect("17.40 also .41, .43", "hides all aborts but the first from the former protocol")
        .loop(loop -> tellOfNoAbort(loop, Turn.from(2)));
    defect("17.41", "throws another exception than the former protocol receives")
        .loop(loop -> throwAnother(loop, Turn.always()));
    defect("17.41", "throws another exception the second time")
        .loop(loop -> throwAnother(loop, Turn.from(2)));
    defect("17.42", "aborts in the next tick").loop(loop -> abortLate(loop, Turn.always()));
    defect("17.42", "aborts later ones in the next tick")
        .loop(loop -> abortLate(loop, Turn.from(5)));
    defect("17.43", "pauses a connection before the options are looked at")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalArgumentException.class,
                Turn.always(),
                wanted -> wanted.transport().pauseReading()));
    defect("17.43", "hands the connection over before the options are looked at later on")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalArgumentException.class,
                Turn.from(4),
                wanted -> wanted.transport().setProtocol(wanted.protocol())));
    defect("17.43", "closes for a buffer that cannot be used")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalStateException.class,
                Turn.from(2),
                wanted -> wanted.transport().close()));
  }

  private static void goOnInPlainText(MutantLoop loop, Turn concerned) {
    loop.startTls.given(wanted -> {
      if (!concerned.comes()) {
        return wanted;
      }
      StreamProtocol former = wanted.transport().protocol();
      return wanted.over(
          loop.shown(
              wanted.transport(),
              it -> it.abort.instead((_, _) -> it.transport().setProtocol(former))));
    });
  }

  private static void forgetFormer(MutantLoop loop, Turn forgotten, boolean aboveTls) {
    loop.startTls.before(wanted -> {
      Transport transport = wanted.transport();
      if (forgotten.comes()
          && (!aboveTls || transport.extraInfo(ExtraInfo.SSL_SESSION).isPresent())) {
        StartTls.forget(transport);
      }
    });
  }

  private static void tellFormer(MutantLoop loop, BiConsumer<StreamProtocol, Throwable> telling) {
    loop.startTls.before(wanted -> StartTls.tellOtherwise(wanted.transport(), telling));
  }

  /** Reports an abort as the transport below does, without a reason. */
  private static void tellOfNoAbort(MutantLoop loop, Turn hidden) {
    tellFormer(
        loop,
        (former, reason) -> {
          boolean known = reason instanceof SSLException || reason instanceof TimeoutException;
          former.connectionLost(known || !hidden.comes() ? reason : null);
        });
  }

  // TLS that goes over it is a protocol with buffers.
  private static void keepTheNewProtocol(MutantLoop loop, Turn kept) {
    loop.makeTlsTransport.returns(made ->
        kept.comes()
            ? loop.shown(made, it -> it.setProtocol.onlyIf(BufferedProtocol.class::isInstance))
            : made);
  }

  /** Completes the waiter of a handshake late. */
  private static void hesitate(MutantLoop loop, Turn hesitating) {
    loop.makeTlsTransport.given(request ->
        hesitating.comes() && request.waiter().isPresent()
            ? Requests.with(request, "waiter", Optional.of(early(loop, request.waiter().get())))
            : request);
  }

  private static Promise<Void> early(MutantLoop loop, Promise<Void> waiter) {
    Promise<Void> early = loop.createFuture();
    early.addDoneCallback(
        done -> loop.aTickLate(loop.aTickLate(() -> MutantLoop.copy(done, waiter))).run());
    return early;
  }

  private static void throwAnother(MutantLoop loop, BooleanSupplier isDue) {
    Promise<?>[] waiter = new Promise<?>[1];
    loop.makeTlsTransport.before(request -> waiter[0] = request.waiter().orElse(null));
    loop.startTls.insteadOf(
        IOException.class,
        thrown ->
            isShaken(waiter[0]) && isDue.getAsBoolean()
                ? new IOException("the connection was lost as the handshake was done", thrown)
                : thrown);
  }

  private static boolean isShaken(Promise<?> waiter) {
    return waiter != null
        && waiter.isDone()
        && !waiter.isCancelled()
        && waiter.exception().isEmpty();
  }

  private static void abortLate(MutantLoop loop, Turn late) {
    loop.startTls.given(wanted ->
        wanted.over(
            loop.shown(
                wanted.transport(),
                it -> it.abort.insteadIf(late, (correct, _) -> loop.callSoon(correct.later())))));
  }
}
