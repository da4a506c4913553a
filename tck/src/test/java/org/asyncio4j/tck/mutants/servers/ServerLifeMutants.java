package org.asyncio4j.tck.mutants.servers;

import module java.base;

import org.asyncio4j.core.Promise;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 9: the lives and limits of servers. */
public final class ServerLifeMutants extends Defects {

  public ServerLifeMutants() {
    defect("9.20", "remembers its sockets")
        .servers(it -> {
          List<TransportSocket> sockets = it.correct().sockets();
          it.sockets.always(sockets);
        });
    defect("9.21 also .24, .30", "closes its connections too")
        .servers(it -> it.close.after(() -> it.correct().closeClients()));
    defect("9.22 also .26, .27", "waits for the next end if all is over already")
        .loop(loop ->
            loop.servers(it ->
                it.waitClosed.instead((correct, _) -> {
                  Flag waited = new Flag();
                  loop.callSoon(waited::set);
                  correct.call();
                  if (!waited.isSet()) {
                    MutantLoop.waitForEver();
                  }
                })));
    // As asyncio did before 3.12.
    defect("9.23", "does not wait while there are no connections")
        .servers(it -> it.waitClosed.unless(it::hasNoClient));
    defect("9.24 also .45", "does not wait when the server is closed")
        .servers(it -> it.waitClosed.unless(() -> it.correct().sockets().isEmpty()));
    defect("9.25", "wakes one task only")
        .servers(it -> it.waitClosed.before(Turn.from(2), () -> MutantLoop.waitForEver()));
    defect("9.26", "aborts clients instead of closing them")
        .servers(it -> it.closeClients.instead((_, _) -> it.correct().abortClients()));
    defect("9.27", "closes clients instead of aborting them")
        .servers(it -> it.abortClients.instead((_, _) -> it.correct().closeClients()));
    defect("9.28", "blocks serveForever on a server that was not started")
        .servers(it ->
            it.serveForever.before(
                () -> !it.correct().isServing() && !it.correct().sockets().isEmpty(),
                () -> MutantLoop.waitForEver()));
    defect("9.29", "lets a second task into serveForever and out again")
        .servers(it -> {
          Flag serving = new Flag();
          it.serveForever.unless(serving);
          it.serveForever.during(serving);
        });

    defect("9.30 also .29", "serves on when it is cancelled")
        .loop(loop ->
            loop.servers(it -> {
              Promise<Object> end = loop.createFuture();
              Flag serving = new Flag();
              it.serveForever.instead((correct, _) -> {
                if (serving.isSet() || it.correct().sockets().isEmpty()) {
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
              it.close.after(() -> MutantLoop.complete(end));
            }));

    defect("9.31", "ignores that it is closed")
        .servers(it -> it.startServing.unless(() -> it.correct().sockets().isEmpty()));
    defect("9.37 also .38, .39, .42, .43, .44", "ignores the limit")
        .loop(loop -> loop.pauseServing.swallow());
    defect("9.37 also .38, .39, .42, .43, .44", "pauses once")
        .loop(loop -> {
          Set<SocketHandle> paused = new HashSet<>();
          loop.pauseServing.onlyIf(paused::add);
        });
    defect("9.37 also .38, .42, .43, .44", "accepts the rest of a batch before it pauses")
        .loop(loop ->
            loop.pauseServing.instead((correct, listener) ->
                loop.callSoon(() -> {
                  if (listener.isOpen()) {
                    correct.quietly(listener);
                  }
                })));
    defect("9.37 also .42, .43, .44", "pauses one listener")
        .loop(loop -> {
          SocketHandle[] first = new SocketHandle[1];
          loop.startServing.before(
              request -> first[0] = first[0] == null ? request.listener() : first[0]);
          loop.pauseServing.onlyIf(listener -> listener.equals(first[0]));
        });
    defect("9.37", "looks all the time for clients that it must not accept")
        .loop(loop -> {
          Flag paused = loop.pauseServing.called();
          loop.pauseServing.after(() -> look(loop, paused));
          loop.resumeServing.before(paused::clear);
        });
    defect("9.38 also .37, .39, .42, .43, .44", "never resumes")
        .loop(loop -> loop.resumeServing.swallow());
    defect("9.38 also .37, .39, .42, .43, .44", "resumes once")
        .loop(loop -> loop.resumeServing.onlyIf(Turn.nth(1)));
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
    defect("9.38", "keeps places after the first eight connections")
        .servedConnections(it -> it.detach.onlyIf(it.loop().shared(Turn.upTo(8))));
    defect("9.38 also .44", "lets two in for one that is lost with a reason")
        .loop(loop -> {
          AtomicInteger extra = new AtomicInteger();
          loop.connections(it -> {
            if (it.isServed()) {
              it.connectionLost.before(reason -> extra.addAndGet(reason == null ? 0 : 1));
            }
          });
          passOver(loop, extra);
        });
    defect("9.39", "counts connections when they have shaken hands")
        .loop(loop -> countAfterTheHandshake(loop, Turn.always()));
    defect("9.39", "counts later connections when they have shaken hands")
        .loop(loop -> countAfterTheHandshake(loop, Turn.from(3)));
    defect("9.42", "forgets the limit of a socket")
        .loop(loop -> limit(loop, _ -> Integer.MAX_VALUE));
    defect("9.42", "forgets the limit of the second socket")
        .loop(loop ->
            limit(loop, asked -> loop.shared(Turn.nth(1)).comes() ? asked : Integer.MAX_VALUE));
    defect("9.42", "lets one more into a socket").loop(loop -> limit(loop, asked -> asked + 1));
    defect("9.42", "does not resume sockets that were handed over")
        .loop(loop -> {
          List<SocketHandle> detached = new ArrayList<>();
          loop.detachSocket.withResult(handle -> detached.add(handle));
          loop.resumeServing.unless(detached::contains);
        });

    defect("9.43", "counts connections from the return of their factory")
        .loop(loop -> {
          AtomicInteger parked = new AtomicInteger();
          List<Runnable> postponed = new ArrayList<>();
          Factories.of(loop, parked)
              .onReturn(() -> {
                postponed.forEach(Runnable::run);
                postponed.clear();
              });
          loop.pauseServing.insteadIf(
              () -> parked.get() != 0,
              (correct, listener) -> postponed.add(correct.later(listener)));
        });

    defect("9.43", "gives the place of a factory back twice")
        .loop(loop -> {
          AtomicInteger extra = new AtomicInteger();
          AtomicInteger parked = new AtomicInteger();
          Factories.of(loop, parked).onFailure(() -> extra.addAndGet(parked.get() > 1 ? 1 : 0));
          passOver(loop, extra);
        });
    defect("9.43 also .38", "keeps the place of the second factory that throws")
        .loop(loop -> {
          AtomicInteger failures = new AtomicInteger();
          Factories.of(loop, new AtomicInteger()).onFailure(failures::incrementAndGet);
          loop.resumeServing.unless(() -> failures.get() == 2);
        });
    defect("9.44", "gives the place back too soon")
        .servedConnections(it -> {
          it.detach.swallow();
          it.connectionLost.before(() -> detachNow(it));
        });
    defect("9.44", "accepts while protocols are parked")
        .servedConnections(it -> {
          it.detach.swallow();
          detachEarlyOrLate(it, it.loop().shared(Turn.from(3)));
        });
    defect("9.45", "does not wait for factories")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(it -> it.waitClosed.onlyIf(() -> parked.get() == 0));
        });
    defect("9.45", "does not close connections without a protocol")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(it -> it.closeClients.onlyIf(() -> parked.get() == 0));
        });
    defect("9.45", "does not abort connections without a protocol")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(it -> it.abortClients.onlyIf(() -> parked.get() == 0));
        });
  }

  private static void look(MutantLoop loop, Flag paused) {
    if (paused.isSet()) {
      loop.callSoon(() -> look(loop, paused));
    }
  }

  /** Skips the given number of pauses. */
  static void passOver(MutantLoop loop, AtomicInteger times) {
    loop.pauseServing.unless(() -> times.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
  }

  private static void countAfterTheHandshake(MutantLoop loop, Turn concerned) {
    loop.tlsConnections(it -> {
      if (it.owner().isPresent() && concerned.comes()) {
        TransportOwner owner = it.owner().get();
        it.attach.swallow();
        it.detach.swallow();
        it.connectionMade.before(() -> owner.attach(it.transport()));
        it.connectionLost.after(() -> owner.detach(it.transport()));
      }
    });
  }

  private static void limit(MutantLoop loop, IntUnaryOperator limit) {
    loop.createSocketServer.options(
        it -> it.withMaxConnections(limit.applyAsInt(it.maxConnections())));
  }

  private static void detachNow(ConnectionSeams it) {
    it.owner().ifPresent(owner -> owner.detach(it.correct()));
  }

  private static void detachEarlyOrLate(ConnectionSeams it, Turn early) {
    it.connectionLost.instead((correct, reason) -> {
      boolean isEarly = early.comes();
      if (isEarly) {
        detachNow(it);
      }
      correct.call(reason);
      if (!isEarly) {
        detachNow(it);
      }
    });
  }
}
