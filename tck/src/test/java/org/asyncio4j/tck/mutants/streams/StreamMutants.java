package org.asyncio4j.tck.mutants.streams;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.hooks.TlsTransportRequest.OfTransport;
import org.asyncio4j.stream.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.transports.*;

/** Chapter 16: streams. */
public final class StreamMutants extends Defects {

  private static final int MUCH = 64 * 1024;

  public StreamMutants() {
    defect("16.1", "takes a zero byte for the end")
        .connections(it -> it.dataReceived.before(data -> cutAt(data, (byte) 0, 0)));
    defect("16.2", "drops single bytes")
        .connections(it -> it.dataReceived.onlyIf(data -> data.remaining() > 1));
    defect("16.3", "hands over one line of a piece")
        .connections(it ->
            it.dataReceived.before(
                data -> data.get(data.limit() - 1) == '\n', data -> cutAt(data, (byte) '\n', 1)));
    defect("16.4 also .34, .35", "closes at the peer's end")
        .connections(it -> it.eofReceived.returns(_ -> false));
    defect("16.5", "does not listen after writeEof")
        .connections(it -> it.writeEof.after(_ -> it.correct().pauseReading()));
    defect("16.6", "does not pause").connections(it -> it.pauseReading.swallow());
    defect("16.7", "mixes up what was waiting")
        .connections(it -> {
          Flag resumed = it.resumeReading.called();
          it.dataReceived.before(resumed, data -> data.put(data.position(), (byte) '#'));
        });
    defect("16.8 also .35, .44", "hands out a cancelled future again")
        .loop(loop -> {
          AtomicReference<Promise<Object>> last = new AtomicReference<>();
          loop.createFuture.around((correct, _) -> {
            Promise<Object> before = last.get();
            boolean again = before != null && before.isCancelled();
            Promise<Object> made = again ? before : correct.call();
            last.set(again ? null : made);
            return made;
          });
        });
    defect("16.9 also .32", "takes a reset for an end")
        .connections(it -> it.connectionLost.givenIf(it.write.called().negate(), _ -> null));
    defect("16.10 also .12, .30", "never calls pauseWriting")
        .connections(it -> it.pauseWriting.swallow());
    defect("16.10 also .12", "never calls pauseWriting on a second connection")
        .loop(loop -> ofLaterConnections(loop, it -> it.pauseWriting.swallow()));
    defect("16.11 also .15", "calls resumeWriting once only")
        .connections(it -> it.resumeWriting.onlyIf(Turn.nth(1)));
    defect("16.12 also .30", "is not lost while paused")
        .connections(it -> it.connectionLost.unless(it.paused()));
    defect("16.12", "is not lost while paused on a second connection")
        .loop(loop -> ofLaterConnections(loop, it -> it.connectionLost.unless(it.paused())));
    defect("16.13 also .14", "aborts with a full buffer")
        .connections(it ->
            it.close.insteadIf(_ -> it.correct().writeBufferSize() > 0, _ -> it.correct().abort()));
    defect("16.13 also .14", "aborts a second connection with a full buffer")
        .loop(loop ->
            ofLaterConnections(
                loop,
                it ->
                    it.close.insteadIf(
                        _ -> it.correct().writeBufferSize() > 0, _ -> it.correct().abort())));
    defect("16.14", "closes without a reason")
        .connections(it -> it.connectionLost.givenIf(it.close.called(), _ -> null));
    defect("16.14", "closes a second connection without a reason")
        .loop(loop ->
            ofLaterConnections(
                loop, it -> it.connectionLost.givenIf(it.close.called(), _ -> null)));
    defect("16.15", "does not read while held up")
        .connections(it -> {
          it.pauseWriting.before(_ -> it.correct().pauseReading());
          it.resumeWriting.before(_ -> it.correct().resumeReading());
        });
    defect("16.16", "forgets the peer").connections(it -> it.forget(it.connectionLost.called()));
    defect("16.17 also .32, .35, .43, .44", "has one client at a time")
        .loop(loop -> {
          Flag busy = new Flag();
          loop.connections(it -> {
            Flag refused = new Flag();
            it.connectionMade.before(_ -> {
              refused.put(busy.isSet());
              busy.set();
            });
            it.connectionMade.unless(refused);
            it.dataReceived.unless(refused);
            it.connectionLost.unless(refused);
            it.connectionLost.before(_ -> busy.clear());
          });
        });
    defect("16.18 also .39", "stays open in silence")
        .connections(it -> it.close.onlyIf(it.dataReceived.called().or(it.write.called())));
    defect("16.19 also .31", "stays open when it has received but not written")
        .connections(
            it -> it.close.unless(it.dataReceived.called().and(it.write.called().negate())));
    defect("16.20", "does not call connectionLost after an answer")
        .connections(it -> {
          Flag heardFirst = new Flag();
          Flag written = it.write.called();
          it.dataReceived.before(written.negate(), _ -> heardFirst.set());
          it.connectionLost.unless(heardFirst.and(written).and(Objects::isNull));
        });
    defect("16.21 also .32, .35, .38, .43, .44", "stays open when it has written but not received")
        .connections(
            it -> it.close.unless(it.write.called().and(it.dataReceived.called().negate())));
    defect("16.22", "drops freed memory")
        .connections(it -> MemoryMutants.takeInsteadOf(it, IllegalStateException.class));
    defect("16.22", "aborts at freed memory").connections(MemoryMutants::abortAtFreed);
    defect("16.30 also .9, .12, .14, .16, .31, .32, .33, .36, .37, .41, .42", "reports resets")
        .or("16.30 also .33, .36, .37, .41, .42", "reports the second reset", Turn.nth(2))
        .connections(it -> {
          if (it.loop().turn().comes()) {
            it.connectionLost.before(Objects::nonNull, reason -> it.loop().report("lost", reason));
          }
        });
    defect("16.31 also .4, .34", "stays open after an end")
        .connections(it -> it.close.unless(it.eofReceived.called()));
    defect("16.31 also .6, .7", "stays open after a lot")
        .connections(it -> {
          AtomicLong heard = new AtomicLong();
          it.dataReceived.before(data -> heard.addAndGet(data.remaining()));
          it.close.onlyIf(_ -> heard.get() < MUCH);
        });
    defect("16.32 also .39, .40, .41, .43", "reports no IOException")
        .loop(loop -> discard(loop, IOException.class::isInstance));
    defect("16.32 also .39, .41, .43", "reports the first failure only")
        .loop(loop -> loop.callExceptionHandler.onlyIf(Turn.nth(1)));
    defect("16.33 also .35, .36, .37, .44", "cancels one handler only", Turn.nth(1))
        .tasks(it -> it.cancel.onlyIf(it.mutant().turn()));
    defect("16.33 also .14, .30, .32, .36, .37, .41, .42", "does not notice resets")
        .connections(it -> {
          Predicate<Object> heard = it.dataReceived.called().or(it.pauseWriting.called());
          Flag written = it.write.called();
          it.connectionLost.unless(
              reason -> reason != null && written.isSet() && !heard.test(reason));
        });
    defect("16.34 also .4, .16, .31, .39", "takes an end for a loss")
        .connections(it ->
            it.eofReceived.around((_, _) -> {
              it.correct().abort();
              return true;
            }));
    defect("16.34 also .4, .31", "loses clients that have asked")
        .connections(it -> {
          Flag heard = it.dataReceived.called();
          it.eofReceived.returns(kept -> {
            if (heard.isSet()) {
              it.correct().abort();
            }
            return heard.isSet() || kept;
          });
        });
    defect("16.35 also .44", "does not call connectionLost when TLS ends properly")
        // One client has two ends.
        .or("calls connectionLost for the first end of TLS only", Turn.from(3))
        .tlsConnections(it -> {
          if (it.loop().turn().comes()) {
            it.connectionLost.unless(Objects::isNull);
          }
        });
    defect("16.36", "does not notice on Unix sockets")
        .or("does not notice the second reset of a Unix connection", Turn.nth(2))
        .connections(it -> {
          if (isUnix(it) && it.loop().turn().comes()) {
            it.connectionLost.unless(Objects::nonNull);
          }
        });
    defect("16.37", "is held by a handler that blocks").onHandoff().loop(_ -> {});
    defect("16.37", "interrupts no handler that blocks")
        .loop(loop -> loop.options(given -> given.withInterruptOnCancel(false)));
    defect("16.38 also .17, .18, .34, .39", "cancels tasks that close")
        .connections(it -> cancelWhoCloses(it, _ -> true));
    defect("16.38 also .17, .18, .34", "cancels writers that close")
        .connections(it -> cancelWhoCloses(it, it.write.called()));
    defect("16.39", "takes an abort for an end of the peer")
        .connections(it ->
            it.connectionLost.before(
                it.abort.called().and(Objects::isNull), _ -> it.user().eofReceived()));
    defect("16.39", "is lost with a reason when aborted")
        .connections(it ->
            it.connectionLost.givenIf(
                it.abort.called().and(Objects::isNull), _ -> new IOException("aborted")));
    defect("16.39 also .43", "reports no incomplete read")
        .loop(loop -> discard(loop, IncompleteReadException.class::isInstance));
    defect("16.40", "reports that a server aborts its clients")
        .servers(it ->
            it.abortClients.after(
                _ -> it.loop().callExceptionHandler(ErrorReport.of("clients were aborted"))));
    defect("16.40", "reports that a server closes its clients but not the first time", Turn.from(2))
        .servers(it ->
            it.closeClients.after(
                it.loop().turn(),
                _ -> it.loop().callExceptionHandler(ErrorReport.of("clients were closed"))));
    defect("16.40", "reports nothing after an abort of clients")
        .loop(loop -> {
          Flag aborted = new Flag();
          loop.servers(it -> it.abortClients.before(_ -> aborted.set()));
          loop.callExceptionHandler.unless(aborted);
        });
    defect("16.41", "looks at the first suppressed exception alone")
        .loop(loop -> discard(loop, thrown -> isIo(List.of(thrown.getSuppressed()), 1)));
    defect("16.41", "looks at the last suppressed exception alone")
        .loop(loop -> discard(loop, thrown -> isIo(List.of(thrown.getSuppressed()).reversed(), 1)));
    defect("16.41", "does not look at what a suppressed exception suppresses")
        .loop(loop ->
            discard(
                loop,
                thrown -> isIo(List.of(thrown.getSuppressed()), thrown.getSuppressed().length)));
    defect("16.42", "loses files without a reason")
        .connections(ConnectionEndMutants::loseFilesQuietly);
    defect("16.43", "reports no overrun")
        .loop(loop -> discard(loop, LimitOverrunException.class::isInstance));
    defect("16.43 also .39", "reports no use after a loss")
        .loop(loop ->
            discard(loop, thrown -> thrown.getMessage().contains("the connection is lost")));
    defect("16.44", "calls no connectionLost when TLS ends properly that was begun later")
        .tlsConnections(it -> hideEnds(it, Objects::isNull));
    defect(
            "16.44",
            "calls no connectionLost from the second connection on that begins TLS later",
            Turn.from(3))
        .tlsConnections(it -> hideEnds(it, _ -> true));
  }

  private static void cutAt(ByteBuffer data, byte end, int kept) {
    for (int at = data.position(); at < data.limit(); at++) {
      if (data.get(at) == end) {
        data.limit(at + kept);
      }
    }
  }

  private static void cancelWhoCloses(ConnectionSeams it, Predicate<Object> isCancelled) {
    it.close.after(isCancelled, _ -> it.loop().currentTask().ifPresent(Task::cancel));
  }

  private static boolean isUnix(ConnectionSeams it) {
    return it.socket().localAddress() instanceof UnixDomainSocketAddress;
  }

  /** Hides how connections end that began TLS later. */
  private static void hideEnds(ConnectionSeams it, Predicate<Throwable> isHidden) {
    if (it.carrier() instanceof OfTransport && it.loop().turn().comes()) {
      it.connectionLost.unless(isHidden);
    }
  }

  /** Does not report certain failures. */
  private static void discard(MutantLoop loop, Predicate<Throwable> discarded) {
    loop.callExceptionHandler.unless(report -> report.exception().filter(discarded).isPresent());
  }

  private static boolean isIo(List<Throwable> suppressed, int looked) {
    return !suppressed.isEmpty()
        && suppressed.stream().limit(looked).allMatch(IOException.class::isInstance);
  }

  /** Decorates each connection of a loop but the first. */
  private static void ofLaterConnections(MutantLoop loop, Consumer<ConnectionSeams> script) {
    Turn late = Turn.from(2);
    loop.connections(it -> {
      if (late.comes()) {
        script.accept(it);
      }
    });
  }
}
