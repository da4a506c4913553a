package org.asyncio4j.tck.mutants.servers;

import java.net.BindException;
import java.util.List;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 9: several addresses, and storms. */
public final class ServerAddressMutants extends Defects {

  public ServerAddressMutants() {
    // The second is taken by the first.
    defect("9.34", "binds the wildcards of both families")
        .loop(ServerAddressMutants::bindBothWildcards);

    defect("9.35", "reports storms of resets")
        .also("9.38", "9.39")
        .loop(loop -> {
          Turn reported = Turn.from(11);
          loop.connections(it -> ServerAcceptMutants.reportResets(it, reported));
        });

    defect("9.36", "wants all addresses")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              if (wanted.options().hosts().size() > 1) {
                for (String host : wanted.options().hosts()) {
                  correct
                      .call(wanted.with(ServerOptions.on(host, 0).withReuseAddress(true)))
                      .close();
                }
              }
              return correct.call(wanted);
            }));
  }

  private static void bindBothWildcards(MutantLoop loop) {
    loop.createServer.around((correct, wanted) -> {
      if (!wanted.options().hosts().containsAll(List.of("0.0.0.0", "::"))) {
        return correct.call(wanted);
      }
      Server first = correct.call(wanted.changed(it -> it.withHosts(List.of("::"))));
      try {
        return correct.call(wanted.changed(it -> it.withHosts(List.of("0.0.0.0"))));
      } catch (BindException taken) {
        first.close();
        throw taken;
      }
    });
  }
}
