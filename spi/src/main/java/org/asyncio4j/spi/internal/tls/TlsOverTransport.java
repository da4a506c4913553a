package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
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
   * @param engines makes what speaks TLS
   * @param setup who hears of the connection, and how it is made
   */
  public TlsOverTransport(EventLoop loop, TlsBuffers buffers, TlsEngines engines, TlsSetup setup) {
    connection = new TlsConnection(loop, buffers, new TlsMachine(engines), setup);
  }

  /**
   * Returns the transport that the protocol of a program sees: TLS may have been put on the one
   * that the loop made, once or more often.
   *
   * @param transport the transport that the loop made
   * @return the uppermost one over it
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
