package org.asyncio4j.tck.mutants.unix;

import java.net.UnixDomainSocketAddress;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 19: limits of connections. */
public final class UnixLimitMutants extends Defects {

  public UnixLimitMutants() {
    defect("19.46", "forgets the limit of a path")
        .loop(loop -> forgetTheLimit(loop, Turn.always()));

    defect("19.46", "forgets the limit of the second server")
        .loop(loop -> forgetTheLimit(loop, Turn.fromSecond()));

    defect("19.46", "does not pause on a path")
        .loop(loop -> loop.pauseServing.unless(UnixLimitMutants::isUnix));

    defect("19.46", "does not resume on a path")
        .loop(loop -> loop.resumeServing.unless(UnixLimitMutants::isUnix));
  }

  private static void forgetTheLimit(MutantLoop loop, Turn forgotten) {
    loop.withOptions(
        loop.createUnixServer,
        options ->
            forgotten.getAsBoolean() ? options.withMaxConnections(Integer.MAX_VALUE) : options);
  }

  private static boolean isUnix(SocketHandle listener) {
    return listener.localAddress() instanceof UnixDomainSocketAddress;
  }
}
