package org.asyncio4j.tck.mutants.transports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Seam;

/** Chapter 11: connections and protocols that fail. */
public final class FailureMutants extends Defects {

  public FailureMutants() {
    connections();
    protocols();
  }

  private void connections() {
    defect("11.11", "keeps the reason of a reset to itself")
        .connections(it -> {
          Flag wasPaused = it.pauseReading.called();
          it.connectionLost.given(
              reason -> reason instanceof IOException && !wasPaused.isSet() ? null : reason);
        });

    defect("11.12", "throws from write")
        .also("11.45", "11.46")
        .connections(it ->
            it.write.instead((correct, data) -> {
              boolean before = it.correct().isClosing();
              correct.call(data);
              if (!before && it.correct().isClosing()) {
                throw new UncheckedIOException(new IOException("Broken pipe"));
              }
            }));

    defect("11.13", "spins while paused")
        .connections(it ->
            it.pauseReading.after(
                () -> EndOfFileMutants.spin(it, () -> !it.correct().isReading())));
  }

  private void protocols() {
    defect("11.14", "wraps what dataReceived throws").connections(it -> wrap(it.dataReceived));

    defect("11.15", "wraps what getBuffer throws").connections(it -> wrap(it.getBuffer));

    defect("11.16", "makes room itself")
        .connections(it ->
            it.getBuffer.returns(lent -> lent.hasRemaining() ? lent : ByteBuffer.allocate(1_000)));

    defect("11.17", "wraps what bufferUpdated throws").connections(it -> wrap(it.bufferUpdated));

    defect("11.18", "wraps what eofReceived throws").connections(it -> wrap(it.eofReceived));

    defect("11.19", "aborts when connectionMade throws")
        .connections(
            it -> it.connectionMade.onFailure(RuntimeException.class, _ -> it.correct().abort()));

    defect("11.20", "swallows what connectionLost throws")
        .connections(it -> it.connectionLost.swallowing(RuntimeException.class, _ -> true));
  }

  private static void wrap(Seam<?, ?> method) {
    method.insteadOf(
        RuntimeException.class, failure -> new IllegalStateException("wrapped", failure));
  }
}
