package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.List;

/** Defects that the rules 11.1 to 11.10 find. */
final class EndOfFileMutants {

  private EndOfFileMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.1", "ends a full buffer with a byte of its own", AddsByte::new),
        new ConnectionMutant("11.2", "does not listen after writeEof", StopsListening::new),
        new ConnectionMutant("11.3", "drops writes after writeEof", DropsAfterEnd::new),
        new ConnectionMutant("11.4", "refuses a second writeEof", RefusesSecondEnd::new),
        new ConnectionMutant("11.5", "denies that it can end its output", DeniesHalfClose::new),
        new ConnectionMutant("11.6", "tells of the end again when resumed", TellsEndAgain::new),
        new ConnectionMutant("11.7", "aborts after the peer's end", AbortsAfterEnd::new),
        new ConnectionMutant("11.8", "drops writes after the peer's end", DropsWhenHalfOpen::new),
        new ConnectionMutant("11.9", "spins while half-open", SpinsWhenHalfOpen::new),
        new ConnectionMutant("11.10", "spins when both have ended", SpinsWhenBothEnded::new));
  }

  private static final class AddsByte extends Tampering {

    @Override
    public void writeEof() {
      if (writeBufferSize() > 0) {
        super.write(ByteBuffer.allocate(1));
      }
      super.writeEof();
    }
  }

  private static final class StopsListening extends Tampering {

    @Override
    public void writeEof() {
      super.writeEof();
      inner().pauseReading();
    }
  }

  private static final class DropsAfterEnd extends Tampering {

    private boolean ended;

    @Override
    public void write(ByteBuffer data) {
      if (!ended) {
        super.write(data);
      }
    }

    @Override
    public void writeEof() {
      ended = true;
      super.writeEof();
    }
  }

  private static final class RefusesSecondEnd extends Tampering {

    private boolean ended;

    @Override
    public void writeEof() {
      if (ended) {
        throw new IllegalStateException("writeEof() was called before");
      }
      ended = true;
      super.writeEof();
    }
  }

  private static final class DeniesHalfClose extends Tampering {

    @Override
    public boolean canWriteEof() {
      return false;
    }
  }

  private static final class TellsEndAgain extends Tampering {

    private boolean ended;

    @Override
    boolean onEof() {
      ended = true;
      return super.onEof();
    }

    @Override
    public void resumeReading() {
      super.resumeReading();
      if (ended) {
        boolean ignored = onEof();
      }
    }
  }

  private static final class AbortsAfterEnd extends Tampering {

    @Override
    boolean onEof() {
      boolean kept = super.onEof();
      if (!kept) {
        inner().abort();
      }
      return kept;
    }
  }

  private static final class DropsWhenHalfOpen extends Tampering {

    private boolean ended;

    @Override
    boolean onEof() {
      ended = true;
      return super.onEof();
    }

    @Override
    public void write(ByteBuffer data) {
      if (!ended) {
        super.write(data);
      }
    }
  }

  private static final class SpinsWhenHalfOpen extends Tampering {

    private boolean spinning;

    @Override
    boolean onEof() {
      spinning = true;
      spin();
      return super.onEof();
    }

    @Override
    public void writeEof() {
      spinning = false;
      super.writeEof();
    }

    private void spin() {
      if (spinning && !isClosing()) {
        loop().callSoon(this::spin);
      }
    }
  }

  private static final class SpinsWhenBothEnded extends Tampering {

    private boolean peerEnded;

    @Override
    boolean onEof() {
      peerEnded = true;
      return super.onEof();
    }

    @Override
    public void writeEof() {
      super.writeEof();
      spin();
    }

    private void spin() {
      if (peerEnded && !isClosing()) {
        loop().callSoon(this::spin);
      }
    }
  }
}
