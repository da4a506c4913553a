package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;

/** Defects that the rules 11.21 to 11.30 find. */
final class LifeMutants {

  private LifeMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.21", "loses data that comes with the end", LosesLastData::new),
        new ConnectionMutant("11.22", "tells a second end, too", TellsLossTwice::new),
        new ConnectionMutant("11.23", "tells the loss within abort", TellsLossAtOnce::new)
            .also("11.28"),
        new ConnectionMutant("11.24", "aborts instead of closing", AbortsInsteadOfClosing::new),
        new ConnectionMutant("11.25", "reads until the buffer is empty", ReadsWhileClosing::new),
        new ConnectionMutant("11.26", "waits for who does not read", WaitsForReading::new),
        new ConnectionMutant("11.27", "refuses writes after the loss", RefusesLateWrites::new)
            .also("11.45", "11.46"),
        new ConnectionMutant("11.28", "is closing when it is lost only", ClosesLate::new),
        new ConnectionMutant("11.29", "is reading when it is closing", ReadsWhenClosed::new),
        new ConnectionMutant("11.30", "forgets its addresses", ForgetsAddresses::new));
  }

  private static final class LosesLastData extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      ByteBuffer next = ByteBuffer.allocate(1);
      int count;
      try {
        count = socket().read(next);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      if (count >= 0) {
        super.onData(protocol, data);
      }
      if (count > 0) {
        super.onData(protocol, next.flip());
      }
    }
  }

  private static final class TellsLossTwice extends Tampering {

    private int ends;

    @Override
    public void close() {
      ends++;
      super.close();
    }

    @Override
    public void abort() {
      ends++;
      super.abort();
    }

    @Override
    void onLost(Throwable reason) {
      super.onLost(reason);
      if (ends > 1) {
        super.onLost(reason);
      }
    }
  }

  private static final class TellsLossAtOnce extends Tampering {

    private boolean told;

    @Override
    public void abort() {
      super.abort();
      onLost(null);
    }

    @Override
    void onLost(Throwable reason) {
      if (!told) {
        told = true;
        super.onLost(reason);
      }
    }
  }

  private static final class AbortsInsteadOfClosing extends Tampering {

    @Override
    public void close() {
      super.abort();
    }
  }

  private static final class ReadsWhileClosing extends Tampering {

    private boolean closing;

    @Override
    public void close() {
      closing = true;
      closeWhenEmpty();
    }

    @Override
    public boolean isClosing() {
      return closing || super.isClosing();
    }

    private void closeWhenEmpty() {
      if (writeBufferSize() == 0) {
        super.close();
      } else {
        loop().callSoon(this::closeWhenEmpty);
      }
    }
  }

  private static final class WaitsForReading extends Tampering {

    @Override
    public void close() {
      if (isReading()) {
        super.close();
      }
    }
  }

  private static final class RefusesLateWrites extends Tampering {

    private boolean lost;

    @Override
    public void write(ByteBuffer data) {
      if (lost) {
        throw new IllegalStateException("the connection is lost");
      }
      super.write(data);
    }

    @Override
    void onLost(Throwable reason) {
      lost = true;
      super.onLost(reason);
    }
  }

  private static final class ClosesLate extends Tampering {

    private boolean closed;
    private boolean lost;

    @Override
    public void close() {
      closed = true;
      super.close();
    }

    @Override
    public boolean isClosing() {
      return closed ? lost : super.isClosing();
    }

    @Override
    void onLost(Throwable reason) {
      lost = true;
      super.onLost(reason);
    }
  }

  private static final class ReadsWhenClosed extends Tampering {

    private boolean paused;

    @Override
    public void pauseReading() {
      paused = true;
      super.pauseReading();
    }

    @Override
    public void resumeReading() {
      paused = false;
      super.resumeReading();
    }

    @Override
    public boolean isReading() {
      return !paused;
    }
  }

  private static final class ForgetsAddresses extends Tampering {

    private boolean lost;

    @Override
    public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
      return lost ? Optional.empty() : super.extraInfo(key);
    }

    @Override
    void onLost(Throwable reason) {
      lost = true;
      super.onLost(reason);
    }
  }
}
