package org.asyncio4j.tck.mutants;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.BufferedProtocol;

/** Defects of connections that take buffers whose memory cannot be used. */
final class BufferMemoryMutants {

  private BufferMemoryMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("10.26", "drops freed memory", DropsFreed::new),
        new ConnectionMutant("10.26", "writes what comes before freed memory", WritesAhead::new)
            .also("10.27"),
        new ConnectionMutant("10.26", "aborts at freed memory", AbortsAtFreed::new),
        new ConnectionMutant("10.27", "drops memory of other threads", DropsForeign::new),
        new ConnectionMutant("10.27", "leaves out memory of other threads", LeavesForeignOut::new),
        new ConnectionMutant("10.28", "keeps memory that waits", KeepsMemory::new).also("10.15"),
        new ConnectionMutant("11.37", "makes room itself", MakesRoom::new),
        new ConnectionMutant("11.37", "ends in silence", EndsInSilence::new),
        new ConnectionMutant("11.38", "clears lent memory afterwards", ClearsAfterwards::new),
        new ConnectionMutant("11.38", "clears lent memory before the next", ClearsBeforeNext::new),
        new ConnectionMutant("16.22", "drops freed memory", DropsFreed::new),
        new ConnectionMutant("16.22", "aborts at freed memory", AbortsAtFreed::new));
  }

  /** Whether the memory of a buffer can be used here. */
  static boolean isUsable(ByteBuffer buffer) {
    MemorySegment memory = MemorySegment.ofBuffer(buffer);
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  private static final class DropsFreed extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      try {
        super.write(data);
      } catch (IllegalStateException freed) {
        data.position(data.limit());
      }
    }
  }

  private static final class WritesAhead extends Tampering {

    @Override
    public void writeLines(List<ByteBuffer> buffers) {
      buffers.forEach(super::write);
    }
  }

  private static final class AbortsAtFreed extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      try {
        super.write(data);
      } catch (IllegalStateException freed) {
        super.abort();
        throw freed;
      }
    }
  }

  private static final class DropsForeign extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      try {
        super.write(data);
      } catch (WrongThreadException foreign) {
        data.position(data.limit());
      }
    }
  }

  private static final class LeavesForeignOut extends Tampering {

    @Override
    public void writeLines(List<ByteBuffer> buffers) {
      if (buffers.isEmpty() || isForeign(buffers.getFirst())) {
        super.writeLines(buffers);
      } else {
        super.writeLines(buffers.stream().filter(buffer -> !isForeign(buffer)).toList());
      }
    }

    private static boolean isForeign(ByteBuffer buffer) {
      return !MemorySegment.ofBuffer(buffer).isAccessibleBy(Thread.currentThread());
    }
  }

  private static final class KeepsMemory extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (data.isDirect() && isUsable(data) && writeBufferSize() > 0) {
        ByteBuffer kept = data.duplicate();
        data.position(data.limit());
        loop().callSoon(() -> super.write(kept));
      } else {
        super.write(data);
      }
    }
  }

  private static final class MakesRoom extends Tampering {

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      ByteBuffer lent = super.onGetBuffer(protocol, sizeHint);
      return isUsable(lent) ? lent : ByteBuffer.allocate(1_000);
    }
  }

  private static final class EndsInSilence extends Tampering {

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      ByteBuffer lent = super.onGetBuffer(protocol, sizeHint);
      if (isUsable(lent)) {
        return lent;
      }
      abort();
      return ByteBuffer.allocate(1_000);
    }
  }

  private static final class ClearsAfterwards extends Tampering {

    private ByteBuffer last;

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      last = super.onGetBuffer(protocol, sizeHint);
      return last;
    }

    @Override
    void onBufferUpdated(BufferedProtocol protocol, int count) {
      super.onBufferUpdated(protocol, count);
      last.put(last.position(), new byte[count]);
    }
  }

  private static final class ClearsBeforeNext extends Tampering {

    private ByteBuffer last = ByteBuffer.allocate(1);

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      last.put(last.position(), (byte) 0);
      last = super.onGetBuffer(protocol, sizeHint);
      return last;
    }
  }
}
