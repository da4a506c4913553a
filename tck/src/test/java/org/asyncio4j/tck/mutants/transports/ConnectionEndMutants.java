package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Seam.Body;

/** Chapter 11: how connections end. */
public final class ConnectionEndMutants extends Defects {

  public ConnectionEndMutants() {
    defect("11.21", "loses data that comes with the end")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              ByteBuffer next = ByteBuffer.allocate(1);
              int count = ((StreamSocket) it.socket()).read(next);
              if (count >= 0) {
                correct.call(data);
              }
              if (count > 0) {
                correct.call(next.flip());
              }
            }));

    defect("11.22", "calls connectionLost again if it was ended twice")
        .connections(it -> {
          AtomicInteger ends = new AtomicInteger();
          it.close.before(ends::incrementAndGet);
          it.abort.before(ends::incrementAndGet);
          it.connectionLost.after(
              reason -> ends.get() > 1, reason -> it.user().connectionLost(reason));
        });

    defect("11.23", "calls connectionLost within abort")
        .also("11.28")
        .connections(it -> {
          Flag told = new Flag();
          it.abort.after(() -> {
            if (!told.isSet()) {
              told.set();
              it.user().connectionLost(null);
            }
          });
          it.connectionLost.unless(told);
          it.connectionLost.before(told::set);
        });

    defect("11.24", "aborts instead of closing")
        .connections(it -> it.close.instead((_, _) -> it.correct().abort()));

    defect("11.25", "reads until the buffer is empty")
        .connections(it -> {
          Flag closing = it.close.called();
          it.close.instead((correct, _) -> closeWhenEmpty(it, correct));
          it.isClosing.returns(correctly -> closing.isSet() || correctly);
        });

    defect("11.26", "does not close while reading is paused")
        .connections(it -> it.close.onlyIf(() -> it.correct().isReading()));

    defect("11.27", "refuses writes after the loss")
        .also("11.45", "11.46")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.write.refuse(lost, () -> new IllegalStateException("the connection is lost"));
        });
  }

  private static void closeWhenEmpty(ConnectionSeams it, Body<Void, Void> close) {
    if (it.correct().writeBufferSize() == 0) {
      close.later().run();
    } else {
      it.loop().callSoon(() -> closeWhenEmpty(it, close));
    }
  }
}
