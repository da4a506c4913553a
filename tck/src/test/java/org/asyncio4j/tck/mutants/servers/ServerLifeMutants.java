package org.asyncio4j.tck.mutants.servers;

import module java.base;

import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 9: the lives and limits of servers. */
public final class ServerLifeMutants extends Defects {

  public ServerLifeMutants() {
    defect("9.20", "remembers its sockets")
        .servers(it -> it.sockets.always(it.correct().sockets()));
    defect("9.21 also .24, .30", "closes its connections too")
        .servers(it -> it.close.after(_ -> it.correct().closeClients()));
    defect("9.22 also .26, .27", "waits for the next end if all is over already")
        .servers(it ->
            it.waitClosed.instead((correct, _) -> {
              Flag waited = new Flag();
              it.loop().callSoon(waited::set);
              correct.call();
              if (!waited.isSet()) {
                MutantLoop.waitForEver();
              }
            }));
    // As asyncio did before 3.12.
    defect("9.23", "does not wait while there are no connections")
        .servers(it -> it.waitClosed.unless(_ -> it.hasNoClient()));
    defect("9.24 also .45", "does not wait when the server is closed")
        .servers(it -> it.waitClosed.unless(_ -> it.isClosed()));
    defect("9.25", "wakes one task only")
        .servers(it -> it.waitClosed.before(Turn.from(2), _ -> MutantLoop.waitForEver()));
    defect("9.26", "aborts clients instead of closing them")
        .servers(it -> it.closeClients.instead(_ -> it.correct().abortClients()));
    defect("9.27", "closes clients instead of aborting them")
        .servers(it -> it.abortClients.instead(_ -> it.correct().closeClients()));
    defect("9.28", "blocks serveForever on a server that was not started")
        .servers(it ->
            it.serveForever.before(
                _ -> !it.correct().isServing() && !it.isClosed(), _ -> MutantLoop.waitForEver()));
    defect("9.29", "lets a second task into serveForever and out again")
        .servers(it -> {
          Flag serving = new Flag();
          it.serveForever.unless(serving);
          it.serveForever.during(serving);
        });
    defect("9.30 also .29", "serves on when it is cancelled")
        .servers(it -> {
          Promise<Object> end = it.loop().createFuture();
          Flag serving = new Flag();
          it.serveForever.instead((correct, _) -> {
            if (serving.isSet() || it.isClosed()) {
              correct.call();
            }
            serving.set();
            it.correct().startServing();
            try {
              end.await();
            } finally {
              serving.clear();
            }
          });
          it.close.after(_ -> MutantLoop.complete(end));
        });
    defect("9.31", "ignores that it is closed")
        .servers(it -> it.startServing.unless(_ -> it.isClosed()));
    defect("9.37 also .38, .39, .42, .43, .44", "ignores the limit")
        .loop(loop -> loop.pauseServing.swallow());
    defect("9.37 also .38, .39, .42, .43, .44", "pauses once")
        .loop(loop -> {
          Set<SocketHandle> paused = new HashSet<>();
          loop.pauseServing.onlyIf(paused::add);
        });
    defect("9.37 also .38, .42, .43, .44", "accepts the rest of a batch before it pauses")
        .loop(loop -> loop.pauseServing.lateIf(_ -> true, loop).onlyIf(SocketHandle::isOpen));
    defect("9.37 also .42, .43, .44", "pauses one listener")
        .loop(loop -> {
          List<ServingRequest> started = loop.startServing.arguments();
          loop.pauseServing.onlyIf(it -> it.equals(started.getFirst().listener()));
        });
    defect("9.37", "looks all the time for clients that it must not accept")
        .loop(loop -> {
          Flag paused = loop.pauseServing.called();
          loop.pauseServing.after(_ -> loop.spin(paused));
          loop.resumeServing.before(_ -> paused.clear());
        });
    defect("9.38 also .37, .39, .42, .43, .44", "never resumes", Turn.never())
        .or("resumes once", Turn.nth(1))
        .loop(loop -> loop.resumeServing.onlyIf(loop.turn()));
    defect("9.38 also .43", "pauses after a connection that the factory refuses")
        .loop(loop -> {
          Flag full = loop.pauseServing.called();
          loop.accepting(request ->
              socket -> {
                request.onAccepted().accept(socket);
                if (!socket.isOpen() && request.listener().isOpen() && full.isSet()) {
                  loop.pauseServing(request.listener());
                }
              });
        });
    defect("9.38 also .44", "keeps the places of connections that are lost with a reason")
        .servedConnections(it -> {
          Flag lost = new Flag();
          it.connectionLost.before(reason -> lost.put(reason != null));
          it.detach.unless(lost);
        });
    defect("9.38", "keeps places after the first eight connections", Turn.upTo(8))
        .servedConnections(it -> it.detach.onlyIf(it.loop().turn()));
    defect("9.38 also .44", "lets two in for one that is lost with a reason")
        .loop(loop -> {
          AtomicInteger extra = passingOver(loop);
          loop.servedConnections(
              it -> it.connectionLost.before(Objects::nonNull, _ -> extra.incrementAndGet()));
        });
    defect("9.39", "counts connections when they have shaken hands")
        .or("counts later connections when they have shaken hands", Turn.from(3))
        .tlsConnections(it -> {
          if (it.owner().isPresent() && it.loop().turn().comes()) {
            TransportOwner owner = it.owner().get();
            it.attach.swallow();
            it.detach.swallow();
            it.connectionMade.before(_ -> owner.attach(it.transport()));
            it.connectionLost.after(_ -> owner.detach(it.transport()));
          }
        });
    defect("9.42", "forgets the limit of a socket", Turn.never())
        .or("forgets the limit of the second socket", Turn.nth(1))
        .loop(loop -> limit(loop, asked -> loop.turn().comes() ? asked : Integer.MAX_VALUE));
    defect("9.42", "lets one more into a socket").loop(loop -> limit(loop, asked -> asked + 1));
    defect("9.42", "does not resume sockets that were handed over")
        .loop(loop -> loop.resumeServing.unless(loop.detachSocket.results()::contains));
    defect("9.43", "counts connections from the return of their factory")
        .loop(loop -> {
          List<Runnable> postponed = new ArrayList<>();
          AtomicInteger parked = new AtomicInteger();
          loop.createServer.factory.around((correct, _) -> {
            parked.incrementAndGet();
            try {
              return correct.call();
            } finally {
              parked.decrementAndGet();
              postponed.forEach(Runnable::run);
              postponed.clear();
            }
          });
          loop.pauseServing.insteadIf(
              _ -> parked.get() != 0,
              (correct, listener) -> postponed.add(correct.later(listener)));
        });
    defect("9.43", "gives the place of a factory back twice")
        .loop(loop -> {
          AtomicInteger extra = passingOver(loop);
          AtomicInteger parked = loop.createServer.factory.underway().calls();
          loop.createServer.factory.onFailure(
              Throwable.class, (_, _) -> extra.addAndGet(parked.get() > 1 ? 1 : 0));
        });
    defect("9.43 also .38", "keeps the place of the second factory that throws")
        .loop(loop -> {
          AtomicInteger failures = new AtomicInteger();
          loop.createServer.factory.onFailure(
              Throwable.class, (_, _) -> failures.incrementAndGet());
          loop.resumeServing.unless(_ -> failures.get() == 2);
        });
    defect("9.44", "gives the place back too soon")
        .servedConnections(it -> {
          it.detach.swallow();
          it.connectionLost.before(_ -> it.detachNow());
        });
    defect("9.44", "accepts while protocols are parked", Turn.from(3))
        .servedConnections(it -> {
          it.detach.swallow();
          it.connectionLost.instead((correct, reason) -> {
            boolean isEarly = it.loop().turn().comes();
            if (isEarly) {
              it.detachNow();
            }
            correct.call(reason);
            if (!isEarly) {
              it.detachNow();
            }
          });
        });
    defect("9.45", "does not wait for factories")
        .loop(loop -> whileParked(loop, it -> it.waitClosed));
    defect("9.45", "does not close connections without a protocol")
        .loop(loop -> whileParked(loop, it -> it.closeClients));
    defect("9.45", "does not abort connections without a protocol")
        .loop(loop -> whileParked(loop, it -> it.abortClients));
  }

  /** {@return how many pauses will be skipped} */
  private static AtomicInteger passingOver(MutantLoop loop) {
    AtomicInteger times = new AtomicInteger();
    loop.pauseServing.unless(_ -> times.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
    return times;
  }

  private static void limit(MutantLoop loop, IntUnaryOperator limit) {
    loop.createSocketServer.options(
        it -> it.withMaxConnections(limit.applyAsInt(it.maxConnections())));
  }

  /** Does nothing while a factory of protocols is parked. */
  private static void whileParked(
      MutantLoop loop, Function<ServerSeams, Seam<Void, Void>> swallowed) {
    Predicate<Object> parked = loop.createServer.factory.underway();
    loop.servers(it -> swallowed.apply(it).unless(parked));
  }
}
