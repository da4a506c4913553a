package org.asyncio4j.tck.mutants.hooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.asyncio4j.core.Future;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 7: the end of a loop. */
public final class HookClosingMutants extends Defects {

  private static final Duration LONG = Duration.ofMillis(1_500);

  public HookClosingMutants() {
    defect("7.16", "stops its servers when everything was given back already")
        .loop(loop -> {
          List<Server> servers = new ArrayList<>();
          loop.createServer.returns(server -> {
            servers.add(server);
            return server;
          });
          loop.close.after(() -> servers.forEach(Server::close));
        });

    defect("7.17", "calls connectionLost when it closes")
        .loop(loop -> {
          List<StreamProtocol> protocols = new ArrayList<>();
          loop.makeSocketTransport.before(request -> protocols.add(request.protocol()));
          loop.closeResources.after(() -> protocols.forEach(it -> it.connectionLost(null)));
        });

    defect("7.18", "closes its sockets long after close has returned")
        .also("7.19")
        .loop(loop -> closeLate(loop, () -> loop.allTasks().isEmpty()));

    defect("7.19", "closes sockets that it connects long after close has returned")
        .loop(loop -> {
          List<Future<?>> connects = new ArrayList<>();
          loop.connectSocket.returns(connecting -> {
            connects.add(connecting);
            return connecting;
          });
          closeLate(loop, () -> connects.stream().anyMatch(it -> !it.isDone() || it.isCancelled()));
        });
  }

  private static void closeLate(MutantLoop loop, BooleanSupplier isLate) {
    loop.closeResources.instead((correct, _) -> {
      if (isLate.getAsBoolean()) {
        Thread.ofVirtual()
            .start(() -> {
              LockSupport.parkNanos(LONG.toNanos());
              correct.later().run();
            });
      } else {
        correct.call();
      }
    });
  }
}
