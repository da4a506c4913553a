package org.asyncio4j.tck.mutants.transports;

import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 11: what connections tell about themselves. */
public final class ConnectionStateMutants extends Defects {

  public ConnectionStateMutants() {
    defect("11.28", "is closing when it is lost only")
        .connections(it -> {
          Flag closed = it.close.called();
          Flag lost = it.connectionLost.called();
          it.isClosing.returns(closing -> closed.isSet() ? lost.isSet() : closing);
        });

    defect("11.29", "is reading when it is closing")
        .connections(it -> {
          Flag paused = it.pauseReading.called();
          it.resumeReading.before(paused::clear);
          it.isReading.around((_, _) -> !paused.isSet());
        });

    defect("11.30", "forgets its addresses")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.forget(_ -> lost.isSet());
        });
  }
}
