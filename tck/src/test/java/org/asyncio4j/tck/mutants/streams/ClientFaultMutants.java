package org.asyncio4j.tck.mutants.streams;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 16: clients that fail. */
public final class ClientFaultMutants extends Defects {

  private static final int MUCH = 64 * 1024;

  public ClientFaultMutants() {
    defect("16.30", "reports resets")
        .also(
            "16.9", "16.12", "16.14", "16.16", "16.31", "16.32", "16.33", "16.36", "16.37", "16.41",
            "16.42")
        .connections(ClientFaultMutants::reportReset);

    defect("16.30", "reports the second reset")
        .also("16.33", "16.36", "16.37", "16.41", "16.42")
        .loop(loop -> {
          Turn second = Turn.second();
          loop.connections(it -> {
            if (second.getAsBoolean()) {
              reportReset(it);
            }
          });
        });

    defect("16.31", "stays open after an end")
        .also("16.4", "16.34")
        .connections(it -> it.close.unless(it.eofReceived.called()));

    defect("16.31", "stays open after a lot")
        .also("16.6", "16.7")
        .connections(it -> {
          AtomicLong heard = new AtomicLong();
          it.dataReceived.before(data -> heard.addAndGet(data.remaining()));
          it.close.onlyIf(() -> heard.get() < MUCH);
        });

    defect("16.32", "reports no IOException")
        .also("16.39", "16.40", "16.41", "16.43")
        .loop(loop ->
            loop.callExceptionHandler.unless(
                report -> report.exception().filter(IOException.class::isInstance).isPresent()));

    defect("16.32", "reports the first failure only")
        .also("16.39", "16.41", "16.43")
        .loop(loop -> loop.callExceptionHandler.onlyIf(Turn.first()));
  }

  private static void reportReset(ConnectionSeams it) {
    it.connectionLost.before(
        reason -> reason != null,
        reason -> it.loop().callExceptionHandler(ErrorReport.of("lost").withException(reason)));
  }
}
