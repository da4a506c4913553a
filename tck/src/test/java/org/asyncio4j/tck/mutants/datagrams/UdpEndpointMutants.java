package org.asyncio4j.tck.mutants.datagrams;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 18: how endpoints are made and end. */
public final class UdpEndpointMutants extends Defects {

  public UdpEndpointMutants() {
    beginnings();
    ends();

    defect("18.8", "always allows broadcasts")
        .loop(loop -> loop.openDatagram.given(Requests::withBroadcast));

    defect("18.9", "always shares the port")
        .loop(loop -> loop.openDatagram.given(Requests::withReusePort));

    defect("18.10", "forgets the context")
        .loop(loop ->
            loop.makeDatagramTransport.given(it -> Requests.withContext(it, Context.empty())));
  }

  private void beginnings() {
    defect("18.1", "opens an endpoint twice")
        .also("18.2", "18.3", "18.4", "18.5")
        .loop(loop ->
            loop.createDatagramEndpoint.around((correct, wanted) -> {
              correct.call(wanted.by(() -> new DatagramProtocol() {})).transport().abort();
              return correct.call(wanted);
            }));

    defect("18.2", "binds instead of connecting")
        .also("18.17", "18.24")
        .loop(loop ->
            loop.withOptions(
                loop.createDatagramEndpoint,
                options ->
                    options.remoteAddress().isPresent() ? options.withBroadcast(true) : options));

    defect("18.3", "calls connectionMade late").endpoints(UdpEndpointMutants::callMadeLate);

    defect("18.4", "wraps what the factory throws")
        .loop(loop ->
            loop.createDatagramEndpoint.given(wanted ->
                wanted.by(() -> {
                  try {
                    return wanted.factory().get();
                  } catch (RuntimeException thrown) {
                    throw new IllegalStateException("no protocol", thrown);
                  }
                })));

    defect("18.5", "leaves an endpoint open whose task is cancelled")
        .endpoints(it -> it.close.unless(() -> it.request().waiter().orElseThrow().isCancelled()));
  }

  private static void callMadeLate(EndpointSeams it) {
    it.connectionMade.instead((correct, made) ->
        it.loop()
            .aTickLate(
                it.loop()
                    .aTickLate(
                        () -> it.loop().callSoon(correct.later(made), it.request().context())))
            .run());
  }

  private void ends() {
    defect("18.6", "is lost twice")
        .endpoints(it ->
            it.close.before(
                () -> it.correct().isClosing(),
                () ->
                    it.loop()
                        .callSoon(() -> it.user().connectionLost(null), it.request().context())));

    defect("18.7", "passes an exception to connectionLost after an abort")
        .endpoints(it -> {
          Flag aborted = it.abort.called();
          it.connectionLost.given(reason -> aborted.isSet() ? new IOException("aborted") : reason);
        });

    defect("18.11", "calls protocols when it is closed")
        .loop(loop -> {
          List<DatagramProtocol> protocols = new ArrayList<>();
          loop.endpoints(it -> protocols.add(it.user()));
          loop.closeResources.before(() -> protocols.forEach(it -> it.connectionLost(null)));
        });
  }
}
