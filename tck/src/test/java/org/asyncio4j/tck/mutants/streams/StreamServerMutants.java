package org.asyncio4j.tck.mutants.streams;

import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 16: servers of streams. */
public final class StreamServerMutants extends Defects {

  public StreamServerMutants() {
    defect("16.17", "has one client at a time")
        .also("16.32", "16.35", "16.43", "16.44")
        .loop(loop -> {
          Flag busy = new Flag();
          loop.connections(it -> refuseIfBusy(it, busy));
        });

    defect("16.18", "stays open in silence")
        .also("16.39")
        .connections(it -> {
          Flag heard = it.dataReceived.called();
          Flag written = it.write.called();
          it.close.onlyIf(() -> heard.isSet() || written.isSet());
        });

    defect("16.19", "stays open when it has received but not written")
        .also("16.31")
        .connections(it -> {
          Flag heard = it.dataReceived.called();
          Flag written = it.write.called();
          it.close.unless(() -> heard.isSet() && !written.isSet());
        });

    defect("16.20", "does not call connectionLost after an answer")
        .connections(it -> {
          Flag heardFirst = new Flag();
          Flag written = it.write.called();
          it.dataReceived.before(() -> heardFirst.put(heardFirst.isSet() || !written.isSet()));
          it.connectionLost.unless(
              reason -> heardFirst.isSet() && written.isSet() && reason == null);
        });

    defect("16.21", "stays open when it has written but not received")
        .also("16.32", "16.35", "16.38", "16.43", "16.44")
        .connections(it -> {
          Flag heard = it.dataReceived.called();
          Flag written = it.write.called();
          it.close.unless(() -> written.isSet() && !heard.isSet());
        });
  }

  private static void refuseIfBusy(ConnectionSeams it, Flag busy) {
    Flag refused = new Flag();
    it.connectionMade.before(() -> {
      refused.put(busy.isSet());
      busy.set();
    });
    it.connectionMade.unless(refused);
    it.dataReceived.unless(refused);
    it.connectionLost.unless(refused);
    it.connectionLost.before(busy::clear);
  }
}
