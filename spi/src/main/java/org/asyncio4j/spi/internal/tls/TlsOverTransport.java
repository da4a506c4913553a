package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;

/** A TLS connection that is being made, for who puts it on a transport. */
public final class TlsOverTransport {

  private final TlsConnection connection;

  /**
   * Prepares a connection.
   *
   * @param loop the loop of the transport below
   * @param buffers the buffers of that loop
   * @param engine speaks TLS, and has said nothing yet
   * @param setup who hears of the connection, and how it is made
   */
  public TlsOverTransport(EventLoop loop, TlsBuffers buffers, SSLEngine engine, TlsSetup setup) {
    connection = new TlsConnection(loop, buffers, new TlsMachine(engine), setup);
  }

  /** {@return the protocol of the transport below} */
  public StreamProtocol protocolBelow() {
    return connection;
  }

  /** {@return what the protocol above sees} */
  public Transport transport() {
    return connection.transport();
  }

  /**
   * Puts the connection on a transport that was made with {@link #protocolBelow()}.
   *
   * @param below the transport
   */
  public void attach(Transport below) {
    connection.attach(below);
  }

  /**
   * Puts the connection on a transport that had another protocol.
   *
   * @param below the transport
   * @param received what that protocol has heard of the TLS stream; all of it is taken
   */
  public void takeOver(Transport below, ByteBuffer received) {
    connection.takeOver(below, received);
  }
}
