package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import org.asyncio4j.net.Protocol;

/** A protocol that records its calls. Rules override methods to add behavior. */
public class ProbeProtocol extends StreamProbe implements Protocol {

  private boolean consuming = true;

  /** Creates a protocol without a connection. */
  public ProbeProtocol() {
    this(new Trace());
  }

  /**
   * Creates a protocol without a connection.
   *
   * @param trace where it records its calls
   */
  public ProbeProtocol(Trace trace) {
    super(trace);
  }

  // A loop must work with protocols that move the position of the buffer, and with those that do
  // not.
  @Override
  public void dataReceived(ByteBuffer data) {
    addData(data);
    if (consuming) {
      data.position(data.limit());
    }
    consuming = !consuming;
  }
}
