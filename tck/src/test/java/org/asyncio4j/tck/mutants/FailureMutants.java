package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;

/** Defects that the rules 11.11 to 11.20 find. */
final class FailureMutants {

  private FailureMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.11", "keeps the reason of a reset to itself", HidesReset::new),
        new ConnectionMutant("11.12", "throws from write", ThrowsFromWrite::new).also("11.45"),
        new ConnectionMutant("11.13", "spins while paused", SpinsWhilePaused::new),
        new ConnectionMutant("11.14", "wraps what dataReceived throws", WrapsOfData::new),
        new ConnectionMutant("11.15", "wraps what getBuffer throws", WrapsOfGetBuffer::new),
        new ConnectionMutant("11.16", "makes room itself", MakesRoom::new),
        new ConnectionMutant("11.17", "wraps what bufferUpdated throws", WrapsOfUpdate::new),
        new ConnectionMutant("11.18", "wraps what eofReceived throws", WrapsOfEof::new),
        new ConnectionMutant("11.19", "aborts when connectionMade throws", AbortsAtMade::new),
        new ConnectionMutant("11.20", "swallows what connectionLost throws", SwallowsOfLost::new));
  }

  private static RuntimeException wrapped(RuntimeException failure) {
    return new IllegalStateException("wrapped", failure);
  }

  private static final class HidesReset extends Tampering {

    private boolean wasPaused;

    @Override
    public void pauseReading() {
      wasPaused = true;
      super.pauseReading();
    }

    @Override
    void onLost(Throwable reason) {
      super.onLost(reason instanceof IOException && !wasPaused ? null : reason);
    }
  }

  private static final class ThrowsFromWrite extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      boolean before = isClosing();
      super.write(data);
      if (!before && isClosing()) {
        throw new UncheckedIOException(new IOException("Broken pipe"));
      }
    }
  }

  private static final class SpinsWhilePaused extends Tampering {

    @Override
    public void pauseReading() {
      super.pauseReading();
      spin();
    }

    private void spin() {
      if (!isReading() && !isClosing()) {
        loop().callSoon(this::spin);
      }
    }
  }

  private static final class WrapsOfData extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      try {
        super.onData(protocol, data);
      } catch (RuntimeException failure) {
        throw wrapped(failure);
      }
    }
  }

  private static final class WrapsOfGetBuffer extends Tampering {

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      try {
        return super.onGetBuffer(protocol, sizeHint);
      } catch (RuntimeException failure) {
        throw wrapped(failure);
      }
    }
  }

  private static final class MakesRoom extends Tampering {

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      ByteBuffer lent = super.onGetBuffer(protocol, sizeHint);
      return lent.hasRemaining() ? lent : ByteBuffer.allocate(1_000);
    }
  }

  private static final class WrapsOfUpdate extends Tampering {

    @Override
    void onBufferUpdated(BufferedProtocol protocol, int count) {
      try {
        super.onBufferUpdated(protocol, count);
      } catch (RuntimeException failure) {
        throw wrapped(failure);
      }
    }
  }

  private static final class WrapsOfEof extends Tampering {

    @Override
    boolean onEof() {
      try {
        return super.onEof();
      } catch (RuntimeException failure) {
        throw wrapped(failure);
      }
    }
  }

  private static final class AbortsAtMade extends Tampering {

    @Override
    void onMade() {
      try {
        super.onMade();
      } catch (RuntimeException failure) {
        abort();
        throw failure;
      }
    }
  }

  private static final class SwallowsOfLost extends Tampering {

    @Override
    void onLost(Throwable reason) {
      try {
        super.onLost(reason);
      } catch (RuntimeException swallowed) {
        // That is the defect.
      }
    }
  }
}
