package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.WriteBufferLimits;

/** Defects that the rules 10.1 to 10.19 find. */
final class WritingMutants {

  private static final int MEGABYTE = 1024 * 1024;

  private WritingMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("10.1", "pauses after write has returned", PausesLate::new)
            .also("10.4", "10.11"),
        new ConnectionMutant("10.2", "pauses for each write", PausesForEachWrite::new),
        new ConnectionMutant("10.3", "resumes below the high-water mark", ResumesEarly::new),
        new ConnectionMutant("10.4", "pauses without need", PausesTwice::new),
        new ConnectionMutant("10.5", "takes 0 for the default", TakesZeroForDefault::new),
        new ConnectionMutant("10.6", "begins with other limits", BeginsWithOtherLimits::new),
        new ConnectionMutant("10.7", "pauses after the limits are set", PausesAfterLimits::new),
        new ConnectionMutant("10.8", "resumes when limits are raised", ResumesAtLimits::new),
        new ConnectionMutant("10.9", "drops writes of resumeWriting", DropsWritesOfResume::new),
        new ConnectionMutant("10.10", "resumes who has closed", ResumesClosed::new),
        new ConnectionMutant("10.11", "lets pauseWriting throw out of write", ThrowsFromWrite::new),
        new ConnectionMutant("10.12", "aborts when resumeWriting throws", AbortsAtResume::new),
        new ConnectionMutant("10.13", "corrupts large pieces", CorruptsLargePieces::new),
        new ConnectionMutant("10.14", "writes 1024 buffers at most", WritesFewBuffers::new),
        new ConnectionMutant("10.15", "keeps buffers outside the heap", KeepsBuffers::new),
        new ConnectionMutant("10.16", "leaves positions alone", LeavesPositions::new),
        new ConnectionMutant("10.17", "refuses to write nothing", RefusesNothing::new),
        new ConnectionMutant("10.18", "does not count writeLines", DoesNotCountLines::new),
        new ConnectionMutant("10.19", "closes instead of aborting", ClosesInsteadOfAborting::new));
  }

  private static final class PausesLate extends Tampering {

    private boolean writing;

    @Override
    public void write(ByteBuffer data) {
      writing = true;
      super.write(data);
      writing = false;
    }

    @Override
    void onPause() {
      if (writing) {
        loop().callSoon(super::onPause);
      } else {
        super.onPause();
      }
    }
  }

  private static final class PausesForEachWrite extends Tampering {

    private boolean paused;

    @Override
    public void write(ByteBuffer data) {
      boolean before = paused;
      super.write(data);
      if (before && paused) {
        user().pauseWriting();
      }
    }

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
  }

  private static final class ResumesEarly extends Tampering {

    private WriteBufferLimits wanted = WriteBufferLimits.defaults();

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
      wanted = limits;
      super.setWriteBufferLimits(new WriteBufferLimits(limits.highBytes(), limits.highBytes()));
    }

    @Override
    public WriteBufferLimits writeBufferLimits() {
      return wanted;
    }
  }

  private static final class PausesTwice extends Tampering {

    private int resumes;

    @Override
    void onResume() {
      super.onResume();
      if (++resumes == 2) {
        user().pauseWriting();
      }
    }
  }

  private static final class TakesZeroForDefault extends Tampering {

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
      super.setWriteBufferLimits(limits.highBytes() == 0 ? WriteBufferLimits.defaults() : limits);
    }
  }

  private static final class BeginsWithOtherLimits extends Tampering {

    @Override
    void onMade() {
      inner().setWriteBufferLimits(WriteBufferLimits.ofHigh(MEGABYTE));
      super.onMade();
    }
  }

  private static final class PausesAfterLimits extends Tampering {

    private boolean setting;

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
      setting = true;
      super.setWriteBufferLimits(limits);
      setting = false;
    }

    @Override
    void onPause() {
      if (setting) {
        loop().callSoon(super::onPause);
      } else {
        super.onPause();
      }
    }
  }

  private static final class ResumesAtLimits extends Tampering {

    private boolean paused;

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
      super.setWriteBufferLimits(limits);
      if (paused && writeBufferSize() <= limits.lowBytes()) {
        onResume();
      }
    }

    @Override
    void onPause() {
      paused = true;
      super.onPause();
    }

    @Override
    void onResume() {
      if (paused) {
        paused = false;
        super.onResume();
      }
    }
  }

  private static final class DropsWritesOfResume extends Tampering {

    private boolean resuming;

    @Override
    public void write(ByteBuffer data) {
      if (!resuming) {
        super.write(data);
      }
    }

    @Override
    void onResume() {
      resuming = true;
      super.onResume();
      resuming = false;
    }
  }

  private static final class ResumesClosed extends Tampering {

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
      if (paused) {
        user().resumeWriting();
      }
      super.onLost(reason);
    }
  }

  private static final class ThrowsFromWrite extends Tampering {

    private RuntimeException thrown;

    @Override
    public void write(ByteBuffer data) {
      super.write(data);
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    void onPause() {
      try {
        super.onPause();
      } catch (RuntimeException failure) {
        thrown = failure;
      }
    }
  }

  private static final class AbortsAtResume extends Tampering {

    @Override
    void onResume() {
      try {
        super.onResume();
      } catch (RuntimeException failure) {
        abort();
        throw failure;
      }
    }
  }

  private static final class CorruptsLargePieces extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (data.remaining() > MEGABYTE) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        copy[MEGABYTE]++;
        super.write(ByteBuffer.wrap(copy));
      } else {
        super.write(data);
      }
    }
  }

  private static final class WritesFewBuffers extends Tampering {

    @Override
    public void writeLines(List<ByteBuffer> buffers) {
      super.writeLines(buffers.subList(0, Math.min(1024, buffers.size())));
      super.writeLines(
          buffers.stream().skip(1024).map(rest -> ByteBuffer.allocate(rest.remaining())).toList());
    }
  }

  private static final class KeepsBuffers extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (data.isDirect() && writeBufferSize() > 0) {
        ByteBuffer kept = data.duplicate();
        data.position(data.limit());
        loop().callSoon(() -> super.write(kept));
      } else {
        super.write(data);
      }
    }
  }

  private static final class LeavesPositions extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      super.write(data.duplicate());
    }
  }

  private static final class RefusesNothing extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (!data.hasRemaining()) {
        throw new IllegalArgumentException("nothing to write");
      }
      super.write(data);
    }
  }

  private static final class DoesNotCountLines extends Tampering {

    private long hidden;

    @Override
    public void writeLines(List<ByteBuffer> buffers) {
      long before = super.writeBufferSize();
      super.writeLines(buffers);
      hidden += super.writeBufferSize() - before;
    }

    @Override
    public long writeBufferSize() {
      return Math.max(0, super.writeBufferSize() - hidden);
    }
  }

  private static final class ClosesInsteadOfAborting extends Tampering {

    private boolean aborted;

    @Override
    public void abort() {
      aborted = true;
      super.close();
    }

    @Override
    public long writeBufferSize() {
      return aborted ? 0 : super.writeBufferSize();
    }
  }
}
