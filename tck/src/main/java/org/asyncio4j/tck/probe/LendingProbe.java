package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.BufferedProtocol;

/** Like {@link ProbeProtocol}, for a protocol that lends the buffer. */
public class LendingProbe extends StreamProbe implements BufferedProtocol {

  private static final int BUFFER_BYTES = 4096;

  private final ByteBuffer buffer;

  /** Creates a protocol without a connection. */
  public LendingProbe() {
    this(ByteBuffer.allocate(BUFFER_BYTES));
  }

  /**
   * Creates a protocol without a connection.
   *
   * @param buffer the buffer that it lends
   */
  public LendingProbe(ByteBuffer buffer) {
    super(new Trace());
    this.buffer = buffer;
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    return buffer;
  }

  @Override
  public void bufferUpdated(int byteCount) {
    addData(buffer.slice(buffer.position(), byteCount));
  }
}
