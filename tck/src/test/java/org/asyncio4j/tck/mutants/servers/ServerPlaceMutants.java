package org.asyncio4j.tck.mutants.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 9: the places of connections in their servers. */
public final class ServerPlaceMutants extends Defects {

  public ServerPlaceMutants() {
    sockets();
    factories();
    losses();
    arrivals();
  }

  private void sockets() {
    defect("9.42", "forgets the limit of a socket")
        .loop(loop -> limit(loop, _ -> Integer.MAX_VALUE));

    defect("9.42", "forgets the limit of the second socket")
        .loop(loop -> {
          Turn known = Turn.first();
          limit(loop, asked -> known.getAsBoolean() ? asked : Integer.MAX_VALUE);
        });

    defect("9.42", "lets one more into a socket").loop(loop -> limit(loop, asked -> asked + 1));

    defect("9.42", "does not resume sockets that were handed over")
        .loop(loop -> {
          List<SocketHandle> detached = new ArrayList<>();
          loop.detachSocket.returns(handle -> {
            detached.add(handle);
            return handle;
          });
          loop.resumeServing.unless(detached::contains);
        });
  }

  private interface Limit {
    int instead(int asked);
  }

  private static void limit(MutantLoop loop, Limit limit) {
    loop.withOptions(
        loop.createSocketServer, it -> it.withMaxConnections(limit.instead(it.maxConnections())));
  }

  private void factories() {
    defect("9.43", "counts connections from the return of their factory")
        .loop(ServerPlaceMutants::countFromTheReturn);

    defect("9.43", "gives the place of a factory back twice")
        .loop(loop -> {
          AtomicInteger extra = new AtomicInteger();
          AtomicInteger parked = new AtomicInteger();
          Factories.of(loop, parked).onFailure(() -> extra.addAndGet(parked.get() > 1 ? 1 : 0));
          ServerLimitMutants.passOver(loop, extra);
        });

    defect("9.43", "keeps the place of the second factory that throws")
        .also("9.38")
        .loop(loop -> {
          AtomicInteger failures = new AtomicInteger();
          Factories.of(loop, new AtomicInteger()).onFailure(failures::incrementAndGet);
          loop.resumeServing.unless(() -> failures.get() == 2);
        });
  }

  private static void countFromTheReturn(MutantLoop loop) {
    AtomicInteger parked = new AtomicInteger();
    List<Runnable> postponed = new ArrayList<>();
    Factories.of(loop, parked)
        .onReturn(() -> {
          postponed.forEach(Runnable::run);
          postponed.clear();
        });
    loop.pauseServing.instead((correct, listener) -> {
      if (parked.get() == 0) {
        correct.call(listener);
      } else {
        postponed.add(correct.later(listener));
      }
    });
  }

  private void losses() {
    defect("9.44", "gives the place back too soon")
        .connections(it -> {
          if (ServerLimitMutants.isServed(it)) {
            it.detach.swallow();
            it.connectionLost.before(() -> detachNow(it));
          }
        });

    defect("9.44", "accepts while protocols are parked")
        .loop(loop -> {
          Turn early = Turn.from(3);
          loop.connections(it -> {
            if (ServerLimitMutants.isServed(it)) {
              it.detach.swallow();
              detachEarlyOrLate(it, early);
            }
          });
        });
  }

  private static void detachNow(ConnectionSeams it) {
    it.owner().ifPresent(owner -> owner.detach(it.correct()));
  }

  private static void detachEarlyOrLate(ConnectionSeams it, Turn early) {
    it.connectionLost.instead((correct, reason) -> {
      boolean isEarly = early.getAsBoolean();
      if (isEarly) {
        detachNow(it);
      }
      correct.call(reason);
      if (!isEarly) {
        detachNow(it);
      }
    });
  }

  private void arrivals() {
    defect("9.45", "does not wait for factories")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(loop.createServer, it -> it.waitClosed.onlyIf(() -> parked.get() == 0));
        });

    defect("9.45", "does not close connections without a protocol")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(loop.createServer, it -> it.closeClients.onlyIf(() -> parked.get() == 0));
        });

    defect("9.45", "does not abort connections without a protocol")
        .loop(loop -> {
          AtomicInteger parked = Factories.parked(loop);
          loop.servers(loop.createServer, it -> it.abortClients.onlyIf(() -> parked.get() == 0));
        });
  }
}
