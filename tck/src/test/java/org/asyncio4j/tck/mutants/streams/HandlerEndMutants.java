package org.asyncio4j.tck.mutants.streams;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.transports.SendFileLossMutants;

/** Chapter 16: handlers of clients that fail, and what is reported. */
public final class HandlerEndMutants extends Defects {

  public HandlerEndMutants() {
    ends();
    failures();
    suppressed();
    aborts();
  }

  private void ends() {
    defect("16.39", "takes an abort for an end of the peer")
        .connections(it -> {
          Flag aborted = it.abort.called();
          it.connectionLost.before(
              reason -> aborted.isSet() && reason == null, _ -> it.user().eofReceived());
        });

    defect("16.39", "is lost with a reason when aborted")
        .connections(it -> {
          Flag aborted = it.abort.called();
          it.connectionLost.given(
              reason -> aborted.isSet() && reason == null ? new IOException("aborted") : reason);
        });

    defect("16.42", "loses files without a reason")
        .connections(SendFileLossMutants::loseFilesQuietly);
  }

  private void failures() {
    defect("16.39", "reports no incomplete read")
        .also("16.43")
        .loop(loop -> discard(loop, IncompleteReadException.class::isInstance));

    defect("16.43", "reports no overrun")
        .loop(loop -> discard(loop, LimitOverrunException.class::isInstance));

    defect("16.43", "reports no use after a loss")
        .also("16.39")
        .loop(loop ->
            discard(loop, thrown -> thrown.getMessage().startsWith("connection must be open")));
  }

  /** Does not report certain failures. */
  private static void discard(MutantLoop loop, Predicate<Throwable> discarded) {
    loop.callExceptionHandler.unless(report -> report.exception().filter(discarded).isPresent());
  }

  private void suppressed() {
    defect("16.41", "looks at the first suppressed exception alone")
        .loop(loop -> discard(loop, thrown -> isIo(List.of(thrown.getSuppressed()), 1)));

    defect("16.41", "looks at the last suppressed exception alone")
        .loop(loop -> discard(loop, thrown -> isIo(List.of(thrown.getSuppressed()).reversed(), 1)));

    defect("16.41", "does not look at what a suppressed exception suppresses")
        .loop(loop ->
            discard(
                loop,
                thrown -> isIo(List.of(thrown.getSuppressed()), thrown.getSuppressed().length)));
  }

  private static boolean isIo(List<Throwable> suppressed, int looked) {
    return !suppressed.isEmpty()
        && suppressed.stream().limit(looked).allMatch(IOException.class::isInstance);
  }

  private void aborts() {
    defect("16.40", "reports that a server aborts its clients")
        .loop(loop ->
            loop.servers(
                loop.createServer,
                it ->
                    it.abortClients.after(
                        () -> loop.callExceptionHandler(ErrorReport.of("clients were aborted")))));

    defect("16.40", "reports that a server closes its clients but not the first time")
        .loop(loop -> {
          Turn reported = Turn.fromSecond();
          loop.servers(
              loop.createServer,
              it ->
                  it.closeClients.after(
                      reported,
                      () -> loop.callExceptionHandler(ErrorReport.of("clients were closed"))));
        });

    defect("16.40", "reports nothing after an abort of clients")
        .loop(loop -> {
          Flag aborted = new Flag();
          loop.servers(loop.createServer, it -> it.abortClients.before(aborted::set));
          loop.callExceptionHandler.unless(aborted);
        });
  }
}
