package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** A protocol that records its calls. Rules override methods to add behavior. */
public class Recorder implements Protocol {

  private final RecordedCalls calls;

  /** Creates a protocol that was not called yet. */
  public Recorder() {
    this(new RecordedCalls());
  }

  /**
   * Creates a protocol.
   *
   * @param calls where to record its calls
   */
  public Recorder(RecordedCalls calls) {
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
  public void dataReceived(ByteBuffer data) {
    calls.addData(data);
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
