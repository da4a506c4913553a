package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 11: the ends of input and output. */
public final class EndOfFileMutants extends Defects {

  public EndOfFileMutants() {
    defect("11.1", "ends a full buffer with a byte of its own")
        .connections(it ->
            it.writeEof.before(
                () -> it.correct().writeBufferSize() > 0,
                () -> it.correct().write(ByteBuffer.allocate(1))));

    defect("11.2", "does not listen after writeEof")
        .connections(it -> it.writeEof.after(() -> it.correct().pauseReading()));

    defect("11.3", "drops writes after writeEof")
        .connections(it -> it.write.unless(it.writeEof.called()));

    defect("11.4", "refuses a second writeEof")
        .connections(it -> {
          Flag ended = new Flag();
          it.writeEof.before(() -> {
            if (ended.isSet()) {
              throw new IllegalStateException("writeEof() was called before");
            }
            ended.set();
          });
        });

    defect("11.5", "denies that it can end its output")
        .connections(it -> it.canWriteEof.always(false));

    defect("11.6", "calls eofReceived again when it is resumed")
        .connections(it -> {
          Flag ended = it.eofReceived.called();
          it.resumeReading.after(ended, () -> it.user().eofReceived());
        });

    defect("11.7", "aborts after the peer's end")
        .connections(it ->
            it.eofReceived.returns(kept -> {
              if (!kept) {
                it.correct().abort();
              }
              return kept;
            }));

    defect("11.8", "drops writes after the peer's end")
        .connections(it -> it.write.unless(it.eofReceived.called()));

    defect("11.9", "spins while half-open")
        .connections(it -> {
          Flag spinning = new Flag();
          it.writeEof.before(spinning::clear);
          it.eofReceived.before(() -> {
            spinning.set();
            spin(it, spinning);
          });
        });

    defect("11.10", "spins when both have ended")
        .connections(it -> {
          Flag peerEnded = it.eofReceived.called();
          it.writeEof.after(() -> spin(it, peerEnded));
        });
  }

  /** Is called again and again. */
  static void spin(ConnectionSeams it, BooleanSupplier spinning) {
    if (spinning.getAsBoolean() && !it.correct().isClosing()) {
      it.loop().callSoon(() -> spin(it, spinning));
    }
  }
}
