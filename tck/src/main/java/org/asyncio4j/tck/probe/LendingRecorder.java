package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** Like {@link Recorder}, for a protocol that lends the buffer. */
public class LendingRecorder implements BufferedProtocol {

  private static final int BUFFER_BYTES = 4096;

  private final RecordedCalls calls;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** Creates a protocol that was not called yet. */
  public LendingRecorder() {
    this(new RecordedCalls());
  }

  /**
   * Creates a protocol.
   *
   * @param calls where to record its calls
   */
  public LendingRecorder(RecordedCalls calls) {
    this.calls = calls;
  }

  /** {@return the recorded calls} */
  public final RecordedCalls calls() {
    return calls;
  }

  @Override
  public void connectionMade(Transport transport) {
    calls.add("connectionMade");
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    return buffer;
  }

  @Override
  public void bufferUpdated(int byteCount) {
    calls.addData(buffer.slice(buffer.position(), byteCount));
  }

  @Override
  public boolean eofReceived() {
    calls.add("eofReceived");
    return false;
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    calls.addLost(exception);
  }

  @Override
  public void pauseWriting() {
    calls.add("pauseWriting");
  }

  @Override
  public void resumeWriting() {
    calls.add("resumeWriting");
  }
}
