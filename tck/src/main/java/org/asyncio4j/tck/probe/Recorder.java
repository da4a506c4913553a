package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** A protocol that records its calls. Rules override methods to add behavior. */
public class Recorder implements Protocol {

  private final HeardCalls hearing;

  /** Creates a protocol that was not called yet. */
  public Recorder() {
    this(new HeardCalls());
  }

  /**
   * Creates a protocol.
   *
   * @param hearing where to record its calls
   */
  public Recorder(HeardCalls hearing) {
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
  public void dataReceived(ByteBuffer data) {
    hearing.addData(data);
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
