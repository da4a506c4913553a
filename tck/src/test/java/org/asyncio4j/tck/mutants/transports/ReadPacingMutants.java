package org.asyncio4j.tck.mutants.transports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 10: pausing and resuming reading. */
public final class ReadPacingMutants extends Defects {

  public ReadPacingMutants() {
    defect("10.20", "pauses in the next tick")
        .connections(it -> {
          Flag paused = pausedReading(it);
          it.pauseReading.instead((correct, _) -> it.loop().callSoon(correct.later()));
          it.resumeReading.instead((correct, _) -> it.loop().callSoon(correct.later()));
          it.isReading.around((_, _) -> !paused.isSet() && !it.correct().isClosing());
        });

    defect("10.21", "reads on while paused").connections(ReadPacingMutants::readOn);

    defect("10.22", "mixes up what was waiting")
        .connections(it -> {
          Flag resumed = it.resumeReading.called();
          it.dataReceived.before(
              data -> data.remaining() > 1_000 && resumed.take(),
              data -> data.put(data.position(), (byte) ~data.get(data.position())));
        });

    defect("10.23", "counts pauses")
        .connections(it -> {
          AtomicInteger pauses = new AtomicInteger();
          it.pauseReading.before(pauses::incrementAndGet);
          it.resumeReading.onlyIf(() -> pauses.updateAndGet(count -> Math.max(0, count - 1)) == 0);
        });

    defect("10.24", "reads after connectionMade at all events")
        .connections(it -> it.connectionMade.after(() -> it.correct().resumeReading()));

    defect("10.25", "reads until nothing is left")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              correct.call(data);
              ByteBuffer more = ByteBuffer.allocate(16 * 1024);
              while (it.correct().isReading() && ((StreamSocket) it.socket()).read(more) > 0) {
                correct.call(more.flip());
                more.clear();
              }
            }));
  }

  private static Flag pausedReading(ConnectionSeams it) {
    Flag paused = it.pauseReading.called();
    it.resumeReading.before(paused::clear);
    return paused;
  }

  private static void readOn(ConnectionSeams it) {
    Flag paused = pausedReading(it);
    ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    it.pauseReading.swallow();
    it.resumeReading.instead((_, _) -> {
      if (waiting.size() > 0) {
        ByteBuffer all = ByteBuffer.wrap(waiting.toByteArray());
        waiting.reset();
        ((Protocol) it.user()).dataReceived(all);
      }
    });
    it.isReading.around((_, _) -> !paused.isSet() && !it.correct().isClosing());
    it.dataReceived.instead((correct, data) -> {
      if (paused.isSet()) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        waiting.writeBytes(copy);
      } else {
        correct.call(data);
      }
    });
  }
}
