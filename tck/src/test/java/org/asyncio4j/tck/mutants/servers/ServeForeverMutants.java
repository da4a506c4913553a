package org.asyncio4j.tck.mutants.servers;

import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.ServerSeams;

/** Chapter 9: serving until a task is cancelled. */
public final class ServeForeverMutants extends Defects {

  public ServeForeverMutants() {
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

    defect("9.30", "serves on when it is cancelled")
        .also("9.29")
        .loop(loop -> loop.servers(loop.createServer, it -> serveOn(loop, it)));

    defect("9.31", "ignores that it is closed")
        .servers(it -> it.startServing.unless(() -> it.correct().sockets().isEmpty()));
  }

  private static void serveOn(MutantLoop loop, ServerSeams it) {
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
  }
}
