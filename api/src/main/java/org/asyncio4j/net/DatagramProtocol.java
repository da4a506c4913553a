package org.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A protocol that receives single datagrams: {@code asyncio.DatagramProtocol}. */
public interface DatagramProtocol extends BaseProtocol {

  /**
   * Called once, when the endpoint is made, before anything else.
   *
   * @param transport the endpoint
   */
  default void connectionMade(DatagramTransport transport) {}

  /**
   * Called for each datagram that arrives; a datagram is never split, nor joined with another. An
   * exception that it throws is reported to the loop's exception handler, and the endpoint stays
   * open.
   *
   * <p>The buffer belongs to the loop, which reads into it again: it is valid until this method
   * returns. To keep the data, copy it. The buffer may be passed directly to {@link
   * DatagramTransport#sendTo}.
   *
   * @param data the datagram, from position to limit; it may be empty
   * @param from the address of the sender
   */
  default void datagramReceived(ByteBuffer data, SocketAddress from) {}

  /**
   * Called when the system has refused to send a datagram, or reports that an earlier one could not
   * be delivered; many systems report the latter only to endpoints with a remote address. Called
   * from within {@code sendTo} if the error occurs there. The endpoint stays open.
   *
   * @param failure the system's error; {@link java.net.PortUnreachableException} if no socket
   *     receives at the remote address
   */
  default void errorReceived(IOException failure) {}
}
