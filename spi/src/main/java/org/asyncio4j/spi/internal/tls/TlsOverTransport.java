package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;

/** Creates a TLS connection on a transport. */
public final class TlsOverTransport {

  private final TlsConnection connection;

  /**
   * Prepares a connection.
   *
   * @param loop the loop of the transport below
   * @param buffers the buffers of that loop
   * @param engines creates the TLS engine
   * @param setup the protocol and the settings of the connection
   */
  public TlsOverTransport(EventLoop loop, TlsBuffers buffers, TlsEngines engines, TlsSetup setup) {
    connection = new TlsConnection(loop, buffers, new TlsMachine(engines), setup);
  }

  /**
   * Returns the transport that the program's protocol uses: one or more layers of TLS may have been
   * added to the loop's transport.
   *
   * @param transport the transport that the loop created
   * @return the topmost transport over it
   */
  public static Transport topOf(Transport transport) {
    Transport top = transport;
    while (top.protocol() instanceof TlsConnection over) {
      top = over.transport();
    }
    return top;
  }

  /** {@return the protocol of the transport below} */
  public StreamProtocol protocolBelow() {
    return connection;
  }

  /** {@return the transport that the protocol above uses} */
  public Transport transport() {
    return connection.transport();
  }

  /**
   * Puts the connection on a transport that was created with {@link #protocolBelow()}.
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
   * @param received the part of the TLS stream that the protocol has received; all of it is taken
   */
  public void takeOver(Transport below, ByteBuffer received) {
    connection.takeOver(below, received);
  }
}
