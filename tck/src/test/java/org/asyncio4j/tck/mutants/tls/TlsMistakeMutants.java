package org.asyncio4j.tck.mutants.tls;

import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 17: mistakes of this end. */
public final class TlsMistakeMutants extends Defects {

  public TlsMistakeMutants() {
    defect("17.45", "takes the failure of a server without a key for the fault of its peer")
        .loop(loop -> blameThePeer(loop, Turn.always()));

    defect("17.45", "blames the peer but not for the first two failures")
        .loop(loop -> blameThePeer(loop, Turn.from(3)));

    defect("17.45", "throws the exception of JSSE from startTls")
        .loop(loop ->
            loop.startTls.insteadOf(
                TlsConfigurationException.class,
                mistake ->
                    mistake.getCause() instanceof SSLHandshakeException cause ? cause : mistake));

    defect("17.46", "takes every refusal of a client for a mistake")
        .loop(loop -> blameItself(loop, Turn.always()));

    defect("17.46", "takes every refusal but the first for a mistake")
        .loop(loop -> blameItself(loop, Turn.fromSecond()));
  }

  private static void blameThePeer(MutantLoop loop, Turn silent) {
    loop.callExceptionHandler.unless(report ->
        report.exception().orElse(null) instanceof TlsConfigurationException
            && silent.getAsBoolean());
  }

  private static void blameItself(MutantLoop loop, Turn reported) {
    loop.makeTlsTransport.given(request -> {
      if (request.waiter().isPresent()) {
        return request;
      }
      Promise<Void> done = loop.createFuture();
      done.addDoneCallback(over -> report(loop, over.exception().orElse(null), reported));
      return Requests.withWaiter(request, done);
    });
  }

  private static void report(MutantLoop loop, Throwable failure, Turn reported) {
    if (failure instanceof TlsConfigurationException
        || failure instanceof SSLHandshakeException
            && isRefusal(failure)
            && reported.getAsBoolean()) {
      loop.callExceptionHandler(
          ErrorReport.of("a server has refused a client").withException(failure));
    }
  }

  private static boolean isRefusal(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("authentication scheme");
  }
}
