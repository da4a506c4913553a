package org.asyncio4j.tck.mutants.servers;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 9: limits of connections. */
public final class ServerLimitMutants extends Defects {

  public ServerLimitMutants() {
    pauses();
    resumes();
    places();
    handshakes();
  }

  private void pauses() {
    defect("9.37", "ignores the limit")
        .also("9.38", "9.39", "9.42", "9.43", "9.44")
        .loop(loop -> loop.pauseServing.swallow());

    defect("9.37", "pauses once")
        .also("9.38", "9.39", "9.42", "9.43", "9.44")
        .loop(loop -> {
          Set<SocketHandle> paused = new HashSet<>();
          loop.pauseServing.onlyIf(paused::add);
        });

    defect("9.37", "accepts the rest of a batch before it pauses")
        .also("9.38", "9.42", "9.43", "9.44")
        .loop(loop ->
            loop.pauseServing.instead((correct, listener) ->
                loop.callSoon(() -> {
                  if (listener.isOpen()) {
                    correct.quietly(listener);
                  }
                })));

    defect("9.37", "pauses one listener")
        .also("9.42", "9.43", "9.44")
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
  }

  private static void look(MutantLoop loop, Flag paused) {
    if (paused.isSet()) {
      loop.callSoon(() -> look(loop, paused));
    }
  }

  private void resumes() {
    defect("9.38", "never resumes")
        .also("9.37", "9.39", "9.42", "9.43", "9.44")
        .loop(loop -> loop.resumeServing.swallow());

    defect("9.38", "resumes once")
        .also("9.37", "9.39", "9.42", "9.43", "9.44")
        .loop(loop -> loop.resumeServing.onlyIf(Turn.first()));

    defect("9.38", "pauses after a connection that the factory refuses")
        .also("9.43")
        .loop(ServerLimitMutants::stopAtARefusal);
  }

  private static void stopAtARefusal(MutantLoop loop) {
    Flag full = loop.pauseServing.called();
    loop.startServing.given(request ->
        Requests.withAccepted(
            request,
            correct ->
                socket -> {
                  correct.accept(socket);
                  if (!socket.isOpen() && request.listener().isOpen() && full.isSet()) {
                    loop.pauseServing(request.listener());
                  }
                }));
  }

  private void places() {
    defect("9.38", "keeps the places of connections that are lost with a reason")
        .also("9.44")
        .connections(it -> {
          if (isServed(it)) {
            Flag lost = new Flag();
            it.connectionLost.before(reason -> lost.put(reason != null));
            it.detach.unless(lost);
          }
        });

    defect("9.38", "keeps places after the first eight connections")
        .loop(loop -> {
          Turn given = Turn.upTo(8);
          loop.connections(it -> {
            if (isServed(it)) {
              it.detach.onlyIf(given);
            }
          });
        });

    defect("9.38", "lets two in for one that is lost with a reason")
        .also("9.44")
        .loop(loop -> {
          AtomicInteger extra = new AtomicInteger();
          loop.connections(it -> {
            if (isServed(it)) {
              it.connectionLost.before(reason -> extra.addAndGet(reason == null ? 0 : 1));
            }
          });
          passOver(loop, extra);
        });
  }

  /** {@return whether a connection is one of a server, without TLS} */
  static boolean isServed(ConnectionSeams it) {
    return it.owner().isPresent() && it.user() instanceof Protocol;
  }

  /** Does not pause so many times. */
  static void passOver(MutantLoop loop, AtomicInteger times) {
    loop.pauseServing.unless(() -> times.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
  }

  private void handshakes() {
    defect("9.39", "counts connections when they have shaken hands")
        .loop(loop -> countAfterTheHandshake(loop, Turn.always()));

    defect("9.39", "counts later connections when they have shaken hands")
        .loop(loop -> countAfterTheHandshake(loop, Turn.from(3)));
  }

  private static void countAfterTheHandshake(MutantLoop loop, Turn concerned) {
    loop.tlsConnections(it -> {
      if (it.owner().isPresent() && concerned.getAsBoolean()) {
        TransportOwner owner = it.owner().get();
        it.attach.swallow();
        it.detach.swallow();
        it.connectionMade.before(() -> owner.attach(it.transport()));
        it.connectionLost.after(() -> owner.detach(it.transport()));
      }
    });
  }
}
