package org.asyncio4j.tck.mutants.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 9: the connections that are accepted. */
public final class ServerAcceptMutants extends Defects {

  public ServerAcceptMutants() {
    factories();
    contexts();

    defect("9.13", "accepts no more than the backlog")
        .loop(ServerAcceptMutants::acceptTheBacklogOnly);

    defect("9.14", "reports resets")
        .also("9.35", "9.38", "9.39", "9.44")
        .connections(it -> reportResets(it, () -> true));

    defect("9.16", "does not keep connections alive")
        .loop(loop -> loop.bindSocket.given(Requests::withoutKeepAlive));

    defect("9.19", "cuts what arrives")
        .also("9.39")
        .connections(
            it -> it.dataReceived.given(data -> data.limit(Math.min(data.limit(), 1_000))));
  }

  /** Reports some connections that are lost with a reason. */
  static void reportResets(ConnectionSeams it, BooleanSupplier isReported) {
    it.connectionLost.before(
        reason -> reason != null && isReported.getAsBoolean(),
        reason -> it.loop().callExceptionHandler(ErrorReport.of("reset").withException(reason)));
  }

  private void factories() {
    defect("9.12", "makes one protocol for all connections")
        .also("9.13", "9.38", "9.40", "9.42", "9.43", "9.44", "9.45")
        .loop(loop ->
            loop.createServer.given(wanted -> {
              List<StreamProtocol> made = new ArrayList<>();
              return wanted.by(() -> {
                if (made.isEmpty()) {
                  made.add(wanted.factory().get());
                }
                return made.getFirst();
              });
            }));

    defect("9.15", "keeps connections without a protocol")
        .also("9.38", "9.43")
        .loop(loop ->
            loop.createServer.given(wanted ->
                wanted.by(() -> {
                  try {
                    return wanted.factory().get();
                  } catch (RuntimeException thrown) {
                    loop.callExceptionHandler(ErrorReport.of("no protocol").withException(thrown));
                    return (Protocol) data -> {};
                  }
                })));
  }

  private void contexts() {
    defect("9.17", "calls protocols in an empty context")
        .also("9.18")
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.withContext(it, Context.empty())));

    defect("9.18", "shares the context of the first connection")
        .loop(loop -> {
          AtomicReference<Context> shared = new AtomicReference<>();
          loop.makeSocketTransport.given(it -> {
            shared.compareAndSet(null, it.context());
            return Requests.withContext(it, shared.get());
          });
        });
  }

  private static void acceptTheBacklogOnly(MutantLoop loop) {
    loop.startServing.given(request -> {
      AtomicInteger accepted = new AtomicInteger();
      return Requests.withAccepted(
          request,
          correct ->
              socket -> {
                if (accepted.incrementAndGet() > request.backlog() + 1) {
                  socket.close();
                } else {
                  correct.accept(socket);
                }
              });
    });
  }
}
