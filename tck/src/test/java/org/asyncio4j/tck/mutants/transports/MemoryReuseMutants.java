package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 10: memory that connections use one after the other. */
public final class MemoryReuseMutants extends Defects {

  public MemoryReuseMutants() {
    defect("10.29", "writes what an aborted connection has left to the next one")
        .loop(loop -> writeLeftovers(loop, Turn.always()));

    defect("10.29", "writes what the second aborted connection has left to the next one")
        .loop(loop -> writeLeftovers(loop, Turn.second()));

    defect("10.30", "delivers what an aborted connection has received to the next one")
        .loop(loop -> deliverLeftovers(loop, Turn.always()));

    defect("10.30", "delivers what the second aborted connection has received to the next one")
        .loop(loop -> deliverLeftovers(loop, Turn.second()));
  }

  private static void writeLeftovers(MutantLoop loop, Turn due) {
    Flag left = new Flag();
    loop.connections(it -> {
      it.abort.before(() -> left.put(due.getAsBoolean()));
      it.write.given(data -> left.take() ? leftovers(data) : data);
    });
  }

  private static void deliverLeftovers(MutantLoop loop, Turn due) {
    Flag left = new Flag();
    loop.connections(it -> {
      it.abort.before(() -> left.put(due.getAsBoolean()));
      it.dataReceived.given(data -> left.take() ? leftovers(data) : data);
    });
  }

  private static ByteBuffer leftovers(ByteBuffer data) {
    ByteBuffer others = ByteBuffer.allocate(data.remaining());
    data.position(data.limit());
    return others;
  }
}
