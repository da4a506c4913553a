package org.asyncio4j.tck.mutants.transports;

import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.LinkSeams;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 10: pausing and resuming writers. */
public final class WritePacingMutants extends Defects {

  public WritePacingMutants() {
    defect("10.1", "pauses after write has returned")
        .also("10.4", "10.11")
        .connections(it -> {
          Flag writing = new Flag();
          it.write.during(writing);
          pauseLate(it, writing);
        });

    defect("10.2", "pauses for each write")
        .connections(it -> {
          Flag paused = it.paused();
          it.write.instead((correct, data) -> {
            boolean before = paused.isSet();
            correct.call(data);
            if (before && paused.isSet()) {
              it.user().pauseWriting();
            }
          });
        });

    defect("10.3", "resumes below the high-water mark")
        .connections(it -> {
          WriteBufferLimits[] wanted = {WriteBufferLimits.defaults()};
          it.setWriteBufferLimits.before(limits -> wanted[0] = limits);
          it.setWriteBufferLimits.given(
              limits -> new WriteBufferLimits(limits.highBytes(), limits.highBytes()));
          it.writeBufferLimits.around((_, _) -> wanted[0]);
        });

    defect("10.4", "pauses without need")
        .connections(it -> {
          Turn second = Turn.second();
          it.resumeWriting.after(second, () -> it.user().pauseWriting());
        });

    defect("10.5", "takes 0 for the default")
        .connections(it ->
            it.setWriteBufferLimits.given(
                limits -> limits.highBytes() == 0 ? WriteBufferLimits.defaults() : limits));
  }

  /** Pauses a tick late if something goes on. */
  static void pauseLate(LinkSeams<?, ?> it, Flag inside) {
    it.pauseWriting.instead((correct, _) -> {
      if (inside.isSet()) {
        it.loop().callSoon(correct.later());
      } else {
        correct.call();
      }
    });
  }
}
