package org.asyncio4j.tck.mutants.clients;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 8: hosts with several addresses, and who finds them. */
public final class ClientRaceMutants extends Defects {

  public ClientRaceMutants() {
    defect("8.20", "gives each address as long as it takes")
        .loop(loop ->
            loop.withOptions(
                loop.createConnection,
                options ->
                    options
                        .withoutHappyEyeballs()
                        .withFirstFamilyCount(options.firstFamilyCount())));

    defect("8.21", "keeps the order of the resolver")
        .loop(loop ->
            loop.withOptions(loop.createConnection, options -> options.withFirstFamilyCount(0)));

    defect("8.22", "gives resolvers as long as they take")
        .loop(loop ->
            loop.withOptions(loop.createConnection, ClientRaceMutants::waitingForTheResolver));

    defect("8.23", "keeps its resolver")
        .also("8.24")
        .loop(loop -> loop.setNameResolution.swallow());

    defect("8.24", "asks the resolver for literals")
        .loop(loop ->
            loop.resolve.around((correct, host) ->
                InetAddresses.isInetAddress(host)
                    ? loop.nameResolution().resolver().resolve(host)
                    : correct.call(host)));
  }

  private static ConnectOptions waitingForTheResolver(ConnectOptions options) {
    return options
        .nameResolution()
        .map(how -> options.withNameResolution(how.withTimeLimit(Duration.ofHours(1))))
        .orElse(options);
  }
}
