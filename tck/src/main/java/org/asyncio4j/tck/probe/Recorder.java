package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** A protocol that notes what it hears. Rules override what they want to do on top of that. */
public class Recorder implements Protocol {

  private final Hearing hearing;

  /** Creates a protocol that has heard nothing. */
  public Recorder() {
    this(new Hearing());
  }

  /**
   * Creates a protocol.
   *
   * @param hearing where to note what it hears
   */
  public Recorder(Hearing hearing) {
    this.hearing = hearing;
  }

  /** {@return what was heard} */
  public final Hearing heard() {
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
