package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** Sends back what arrives. */
public final class EchoProtocol implements Protocol {

  private final AtomicReference<@Nullable Transport> transport = new AtomicReference<>();

  /** Creates a protocol without a connection. */
  public EchoProtocol() {}

  @Override
  public void connectionMade(Transport connection) {
    transport.set(connection);
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    Transport connection = transport.get();
    if (connection != null) {
      connection.write(data);
    }
  }
}
