package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 11: lent buffers whose memory cannot be used. */
public final class LentMemoryMutants extends Defects {

  public LentMemoryMutants() {
    defect("11.37", "makes room itself")
        .connections(it ->
            it.getBuffer.returns(
                lent -> BufferMemoryMutants.isUsable(lent) ? lent : ByteBuffer.allocate(1_000)));

    defect("11.37", "ends in silence")
        .connections(it ->
            it.getBuffer.returns(lent -> {
              if (BufferMemoryMutants.isUsable(lent)) {
                return lent;
              }
              it.correct().abort();
              return ByteBuffer.allocate(1_000);
            }));

    defect("11.38", "clears lent memory afterwards")
        .connections(it -> {
          ByteBuffer[] last = new ByteBuffer[1];
          it.getBuffer.returns(lent -> last[0] = lent);
          it.bufferUpdated.after(count -> last[0].put(last[0].position(), new byte[count]));
        });

    defect("11.38", "clears lent memory before the next")
        .connections(it -> {
          ByteBuffer[] last = {ByteBuffer.allocate(1)};
          it.getBuffer.before(() -> last[0].put(last[0].position(), (byte) 0));
          it.getBuffer.returns(lent -> last[0] = lent);
        });
  }
}
