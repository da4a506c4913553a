package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** Like {@link Recorder}, for a protocol that lends the buffer. */
public class LendingRecorder implements BufferedProtocol {

  private static final int BUFFER_BYTES = 4096;

  private final HeardCalls hearing;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** Creates a protocol that was not called yet. */
  public LendingRecorder() {
    this(new HeardCalls());
  }

  /**
   * Creates a protocol.
   *
   * @param hearing where to record its calls
   */
  public LendingRecorder(HeardCalls hearing) {
    this.hearing = hearing;
  }

  /** {@return the recorded calls} */
  public final HeardCalls heard() {
    return hearing;
  }

  @Override
  public void connectionMade(Transport transport) {
    hearing.add("connectionMade");
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    return buffer;
  }

  @Override
  public void bufferUpdated(int byteCount) {
    hearing.addData(buffer.slice(buffer.position(), byteCount));
  }

  @Override
  public boolean eofReceived() {
    hearing.add("eofReceived");
    return false;
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    hearing.addLost(exception);
  }

  @Override
  public void pauseWriting() {
    hearing.add("pauseWriting");
  }

  @Override
  public void resumeWriting() {
    hearing.add("resumeWriting");
  }
}
