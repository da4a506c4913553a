package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.benchmarks.comparison.AlignedBuffers;
import org.asyncio4j.benchmarks.comparison.Cell;
import org.asyncio4j.benchmarks.comparison.Dialogue;
import org.asyncio4j.benchmarks.comparison.LoadGenerator;
import org.asyncio4j.benchmarks.comparison.Workload;

/** The load of echo servers: each client sends the same message again and again. */
final class EchoLoad implements Workload {

  private ByteBuffer payload = AlignedBuffers.allocate(0);

  private EchoLoad() {}

  /** The program. */
  public static void main(String[] arguments) throws IOException {
    LoadGenerator.run(new EchoLoad());
  }

  @Override
  public Dialogue dialogue(Cell cell, int connection) {
    if (payload.capacity() != cell.size()) {
      payload = AlignedBuffers.allocate(cell.size());
    }
    return new Echo(payload.duplicate());
  }

  private static final class Echo implements Dialogue {

    private final ByteBuffer message;
    private int missing;

    Echo(ByteBuffer message) {
      this.message = message;
    }

    @Override
    public ByteBuffer nextMessage() {
      missing = message.capacity();
      return message.clear();
    }

    @Override
    public int requestsPerMessage() {
      return 1;
    }

    @Override
    public boolean receive(ByteBuffer piece) {
      missing -= piece.remaining(); // EchoCheck has checked the contents
      return missing == 0;
    }
  }
}
