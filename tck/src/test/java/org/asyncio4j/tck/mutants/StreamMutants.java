package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.LoopContext;

/** Defects of connections, and one of futures, that the rules of chapter 16 find. */
final class StreamMutants {

  private StreamMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("16.1", "takes a zero byte for the end", CutsAtZero::new),
        new ConnectionMutant("16.2", "drops single bytes", DropsSingleBytes::new),
        new ConnectionMutant("16.3", "hands over one line of a piece", HandsOverOneLine::new),
        new ConnectionMutant("16.4", "closes at the peer's end", ClosesAtEnd::new)
            .also("16.34", "16.35"),
        new ConnectionMutant("16.5", "does not listen after writeEof", StopsListening::new),
        new ConnectionMutant("16.6", "does not pause", ReadsOn::new),
        new ConnectionMutant("16.7", "mixes up what was waiting", MixesUpWhatWaited::new),
        new ConnectionMutant("16.9", "takes a reset for an end", TakesResetForEnd::new)
            .also("16.32"),
        new ConnectionMutant("16.10", "never tells to pause", NeverPauses::new).also("16.12"),
        new ConnectionMutant("16.11", "tells to resume once only", ResumesOnce::new).also("16.15"),
        new ConnectionMutant("16.12", "is not lost while paused", IsNotLostWhilePaused::new),
        new ConnectionMutant("16.13", "aborts with a full buffer", AbortsWhenFull::new)
            .also("16.14"),
        new ConnectionMutant("16.14", "closes without a reason", ClosesWithoutReason::new),
        new ConnectionMutant("16.15", "does not read while held up", DoesNotReadWhileHeldUp::new),
        new ConnectionMutant("16.16", "forgets the peer", ForgetsPeer::new),
        new ConnectionMutant("16.17", "has one client at a time", OneAtATime::new)
            .also("16.32", "16.35", "16.43"),
        new ConnectionMutant("16.18", "stays open in silence", StaysOpenInSilence::new)
            .also("16.39"),
        new ConnectionMutant("16.19", "stays open when it has heard", StaysOpenHaving::heard)
            .also("16.31"),
        new ConnectionMutant("16.20", "does not tell who has answered", TellsNoAnswerer::new),
        new ConnectionMutant("16.21", "stays open when it has written", StaysOpenHaving::written)
            .also("16.32", "16.35", "16.38", "16.43"));
  }

  @Mutant(rule = "16.8", also = "16.35")
  static EventLoop handsOutACancelledFutureAgain(LoopContext context) {
    return new CorrectLoop(context) {
      private Promise<?> last;

      @Override
      @SuppressWarnings("unchecked")
      public <T> Promise<T> createFuture() {
        Promise<?> before = last;
        if (before != null && before.isCancelled()) {
          last = null;
          return (Promise<T>) before;
        }
        Promise<T> made = super.createFuture();
        last = made;
        return made;
      }
    };
  }

  /** Knows whether something was heard and written, and what came first. */
  private abstract static class Talk extends Tampering {

    boolean heard;
    boolean written;
    boolean heardFirst;

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      heardFirst |= !written;
      heard = true;
      super.onData(protocol, data);
    }

    @Override
    public void write(ByteBuffer data) {
      written = true;
      super.write(data);
    }
  }

  private static final class CutsAtZero extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      for (int at = data.position(); at < data.limit(); at++) {
        if (data.get(at) == 0) {
          data.limit(at);
        }
      }
      super.onData(protocol, data);
    }
  }

  private static final class DropsSingleBytes extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      if (data.remaining() > 1) {
        super.onData(protocol, data);
      }
    }
  }

  private static final class HandsOverOneLine extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      boolean lines = data.get(data.limit() - 1) == '\n';
      for (int at = data.position(); lines && at < data.limit(); at++) {
        if (data.get(at) == '\n') {
          data.limit(at + 1);
        }
      }
      super.onData(protocol, data);
    }
  }

  private static final class ClosesAtEnd extends Tampering {

    @Override
    boolean onEof() {
      boolean ignored = super.onEof();
      return false;
    }
  }

  private static final class StopsListening extends Tampering {

    @Override
    public void writeEof() {
      super.writeEof();
      inner().pauseReading();
    }
  }

  private static final class ReadsOn extends Tampering {

    @Override
    public void pauseReading() {}
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
      if (resumed) {
        data.put(data.position(), (byte) '#');
      }
      super.onData(protocol, data);
    }
  }

  private static final class TakesResetForEnd extends Talk {

    @Override
    void onLost(Throwable reason) {
      super.onLost(written ? reason : null);
    }
  }

  private static final class NeverPauses extends Tampering {

    @Override
    void onPause() {}
  }

  private static final class ResumesOnce extends Tampering {

    private boolean resumed;

    @Override
    void onResume() {
      if (!resumed) {
        resumed = true;
        super.onResume();
      }
    }
  }

  private static final class IsNotLostWhilePaused extends Tampering {

    private boolean paused;

    @Override
    void onPause() {
      paused = true;
      super.onPause();
    }

    @Override
    void onResume() {
      paused = false;
      super.onResume();
    }

    @Override
    void onLost(Throwable reason) {
      if (!paused) {
        super.onLost(reason);
      }
    }
  }

  private static final class AbortsWhenFull extends Tampering {

    @Override
    public void close() {
      if (writeBufferSize() > 0) {
        super.abort();
      } else {
        super.close();
      }
    }
  }

  private static final class ClosesWithoutReason extends Tampering {

    private boolean closed;

    @Override
    public void close() {
      closed = true;
      super.close();
    }

    @Override
    void onLost(Throwable reason) {
      super.onLost(closed ? null : reason);
    }
  }

  private static final class DoesNotReadWhileHeldUp extends Tampering {

    @Override
    void onPause() {
      inner().pauseReading();
      super.onPause();
    }

    @Override
    void onResume() {
      inner().resumeReading();
      super.onResume();
    }
  }

  private static final class ForgetsPeer extends Tampering {

    private boolean lost;

    @Override
    void onLost(Throwable reason) {
      lost = true;
      super.onLost(reason);
    }

    @Override
    public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
      return lost ? Optional.empty() : super.extraInfo(key);
    }
  }

  private static final class OneAtATime extends Tampering {

    private static final Set<EventLoop> BUSY = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean refused;

    @Override
    void onMade() {
      synchronized (BUSY) {
        refused = !BUSY.add(loop());
      }
      if (!refused) {
        super.onMade();
      }
    }

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      if (!refused) {
        super.onData(protocol, data);
      }
    }

    @Override
    void onLost(Throwable reason) {
      if (!refused) {
        synchronized (BUSY) {
          boolean ignored = BUSY.remove(loop());
        }
        super.onLost(reason);
      }
    }
  }

  private static final class StaysOpenInSilence extends Talk {

    @Override
    public void close() {
      if (heard || written) {
        super.close();
      }
    }
  }

  private static final class StaysOpenHaving extends Talk {

    private final boolean alsoHeard;

    private StaysOpenHaving(boolean alsoHeard) {
      this.alsoHeard = alsoHeard;
    }

    static StaysOpenHaving heard() {
      return new StaysOpenHaving(true);
    }

    static StaysOpenHaving written() {
      return new StaysOpenHaving(false);
    }

    @Override
    public void close() {
      if (heard != alsoHeard || written == alsoHeard) {
        super.close();
      }
    }
  }

  private static final class TellsNoAnswerer extends Talk {

    @Override
    void onLost(Throwable reason) {
      if (!heardFirst || !written || reason != null) {
        super.onLost(reason);
      }
    }
  }
}
