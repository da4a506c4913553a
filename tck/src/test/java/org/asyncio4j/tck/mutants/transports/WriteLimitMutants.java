package org.asyncio4j.tck.mutants.transports;

import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 10: limits of write buffers, and what protocols do when they are told. */
public final class WriteLimitMutants extends Defects {

  public WriteLimitMutants() {
    defect("10.6", "begins with other limits")
        .connections(it ->
            it.connectionMade.before(
                () -> it.correct().setWriteBufferLimits(WriteBufferLimits.ofHigh(1024 * 1024))));

    defect("10.7", "pauses after the limits are set")
        .connections(it -> {
          Flag setting = new Flag();
          it.setWriteBufferLimits.during(setting);
          WritePacingMutants.pauseLate(it, setting);
        });

    defect("10.8", "resumes when limits are raised")
        .connections(it -> {
          Flag paused = it.pauseWriting.called();
          it.resumeWriting.onlyIf(paused::take);
          it.setWriteBufferLimits.after(
              limits -> it.correct().writeBufferSize() <= limits.lowBytes() && paused.take(),
              _ -> it.user().resumeWriting());
        });

    defect("10.9", "drops writes of resumeWriting")
        .connections(it -> {
          Flag resuming = new Flag();
          it.resumeWriting.during(resuming);
          it.write.unless(resuming);
        });

    defect("10.10", "resumes a protocol that has closed")
        .connections(it -> {
          Flag paused = it.paused();
          it.connectionLost.before(paused, () -> it.user().resumeWriting());
        });

    defect("10.11", "lets pauseWriting throw out of write")
        .connections(it -> {
          RuntimeException[] thrown = new RuntimeException[1];
          it.pauseWriting.swallowing(
              RuntimeException.class,
              failure -> {
                thrown[0] = failure;
                return true;
              });
          it.write.after(() -> {
            if (thrown[0] != null) {
              throw thrown[0];
            }
          });
        });

    defect("10.12", "aborts when resumeWriting throws")
        .connections(
            it -> it.resumeWriting.onFailure(RuntimeException.class, _ -> it.correct().abort()));
  }
}
