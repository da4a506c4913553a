package org.asyncio4j.tck.mutants.servers;

import java.util.List;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 9: the end of servers. */
public final class ServerLifeMutants extends Defects {

  public ServerLifeMutants() {
    defect("9.20", "remembers its sockets")
        .servers(it -> {
          List<TransportSocket> sockets = it.correct().sockets();
          it.sockets.always(sockets);
        });

    defect("9.21", "closes its connections too")
        .also("9.24", "9.30")
        .servers(it -> it.close.after(() -> it.correct().closeClients()));

    waits();

    defect("9.26", "aborts clients instead of closing them")
        .servers(it -> it.closeClients.instead((_, _) -> it.correct().abortClients()));

    defect("9.27", "closes clients instead of aborting them")
        .servers(it -> it.abortClients.instead((_, _) -> it.correct().closeClients()));
  }

  private void waits() {
    defect("9.22", "waits for the next end if all is over already")
        .also("9.26", "9.27")
        .loop(ServerLifeMutants::waitForNothing);

    // As asyncio did before 3.12.
    defect("9.23", "does not wait while there are no connections")
        .servers(it -> it.waitClosed.unless(it::hasNoClient));

    defect("9.24", "does not wait when the server is closed")
        .also("9.45")
        .servers(it -> it.waitClosed.unless(() -> it.correct().sockets().isEmpty()));

    defect("9.25", "wakes one task only")
        .servers(it -> {
          Turn forgotten = Turn.fromSecond();
          it.waitClosed.before(forgotten, () -> MutantLoop.waitForEver());
        });
  }

  private static void waitForNothing(MutantLoop loop) {
    loop.servers(
        loop.createServer,
        it ->
            it.waitClosed.instead((correct, _) -> {
              Flag waited = new Flag();
              loop.callSoon(waited::set);
              correct.call();
              if (!waited.isSet()) {
                MutantLoop.waitForEver();
              }
            }));
  }
}
