package org.asyncio4j.tck.mutants.hooks;

import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 7: single transports. */
public final class TransportMutants extends Defects {

  private static final Duration A_WHILE = Duration.ofMillis(20);

  public TransportMutants() {
    defect("7.9", "attaches the connection to its owner after a while")
        .also("7.10")
        .loop(TransportMutants::attachLate);

    defect("7.10", "detaches the connection from its owner before connectionLost")
        .connections(TransportMutants::detachBeforeTheEnd);

    defect("7.11", "does not know the peer")
        .connections(it -> it.forget(key -> key == ExtraInfo.PEERNAME));

    defect("7.12", "sends with delay")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport = correct.call(request);
              transport
                  .extraInfo(ExtraInfo.SOCKET)
                  .orElseThrow()
                  .setOption(StandardSocketOptions.TCP_NODELAY, false);
              return transport;
            }));

    defect("7.13", "calls protocols in an empty context")
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.withContext(it, Context.empty())));
  }

  private static void attachLate(MutantLoop loop) {
    loop.makeSocketTransport.around((correct, request) -> {
      Transport transport = correct.call(Requests.withOwner(request, Optional.empty()));
      request.owner().ifPresent(owner -> loop.callLater(A_WHILE, () -> owner.attach(transport)));
      return transport;
    });
  }

  private static void detachBeforeTheEnd(ConnectionSeams it) {
    it.connectionLost.instead((correct, reason) -> {
      it.owner().ifPresent(owner -> owner.detach(it.correct()));
      it.loop().callLater(A_WHILE, correct.later(reason), it.context());
    });
  }
}
