package org.asyncio4j.tck.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.Protocol;

/** Defects that the rules 10.20 to 10.25 find. */
final class ReadingMutants {

  private ReadingMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("10.20", "pauses in the next tick", PausesInNextTick::new),
        new ConnectionMutant("10.21", "reads on while paused", ReadsOn::new),
        new ConnectionMutant("10.22", "mixes up what was waiting", MixesUpWhatWaited::new),
        new ConnectionMutant("10.23", "counts pauses", CountsPauses::new),
        new ConnectionMutant("10.24", "reads after connectionMade at all events", ReadsAnyway::new),
        new ConnectionMutant("10.25", "reads until nothing is left", ReadsAll::new));
  }

  private static final class PausesInNextTick extends Tampering {

    private boolean paused;

    @Override
    public void pauseReading() {
      paused = true;
      loop().callSoon(inner()::pauseReading);
    }

    @Override
    public void resumeReading() {
      paused = false;
      loop().callSoon(inner()::resumeReading);
    }

    @Override
    public boolean isReading() {
      return !paused && !isClosing();
    }
  }

  private static final class ReadsOn extends Tampering {

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean paused;

    @Override
    public void pauseReading() {
      paused = true;
    }

    @Override
    public void resumeReading() {
      paused = false;
      if (waiting.size() > 0) {
        ByteBuffer all = ByteBuffer.wrap(waiting.toByteArray());
        waiting.reset();
        ((Protocol) user()).dataReceived(all);
      }
    }

    @Override
    public boolean isReading() {
      return !paused && !isClosing();
    }

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      if (paused) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        waiting.writeBytes(copy);
      } else {
        super.onData(protocol, data);
      }
    }
  }

  private static final class MixesUpWhatWaited extends Tampering {

    private boolean resumed;

    @Override
    public void resumeReading() {
      resumed = true;
      super.resumeReading();
    }

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      if (resumed && data.remaining() > 1_000) {
        resumed = false;
        data.put(data.position(), (byte) ~data.get(data.position()));
      }
      super.onData(protocol, data);
    }
  }

  private static final class CountsPauses extends Tampering {

    private int pauses;

    @Override
    public void pauseReading() {
      pauses++;
      super.pauseReading();
    }

    @Override
    public void resumeReading() {
      pauses = Math.max(0, pauses - 1);
      if (pauses == 0) {
        super.resumeReading();
      }
    }
  }

  private static final class ReadsAnyway extends Tampering {

    @Override
    void onMade() {
      super.onMade();
      inner().resumeReading();
    }
  }

  private static final class ReadsAll extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      super.onData(protocol, data);
      ByteBuffer more = ByteBuffer.allocate(16 * 1024);
      try {
        while (inner().isReading() && socket().read(more) > 0) {
          super.onData(protocol, more.flip());
          more.clear();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
