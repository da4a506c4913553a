package org.asyncio4j.tck.mutants.streams;

import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.transports.BufferMemoryMutants;

/** Chapter 16: writing to streams. */
public final class StreamWriteMutants extends Defects {

  public StreamWriteMutants() {
    defect("16.10", "never calls pauseWriting")
        .also("16.12", "16.30")
        .connections(it -> it.pauseWriting.swallow());

    defect("16.11", "calls resumeWriting once only")
        .also("16.15")
        .connections(it -> it.resumeWriting.onlyIf(Turn.first()));

    defect("16.12", "is not lost while paused")
        .also("16.30")
        .connections(it -> it.connectionLost.unless(it.paused()));

    defect("16.13", "aborts with a full buffer")
        .also("16.14")
        .connections(it ->
            it.close.instead((correct, _) -> {
              if (it.correct().writeBufferSize() > 0) {
                it.correct().abort();
              } else {
                correct.call();
              }
            }));

    defect("16.14", "closes without a reason")
        .connections(it -> {
          Flag closed = it.close.called();
          it.connectionLost.given(reason -> closed.isSet() ? null : reason);
        });

    defect("16.15", "does not read while held up")
        .connections(it -> {
          it.pauseWriting.before(() -> it.correct().pauseReading());
          it.resumeWriting.before(() -> it.correct().resumeReading());
        });

    defect("16.16", "forgets the peer")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.forget(_ -> lost.isSet());
        });

    defect("16.22", "drops freed memory")
        .connections(it -> BufferMemoryMutants.takeInsteadOf(it, IllegalStateException.class));

    defect("16.22", "aborts at freed memory").connections(BufferMemoryMutants::abortAtFreed);
  }
}
