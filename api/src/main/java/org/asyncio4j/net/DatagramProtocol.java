package org.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A protocol that is handed single datagrams: {@code asyncio.DatagramProtocol}. */
public interface DatagramProtocol extends BaseProtocol {

  /**
   * Called once, when the endpoint is made, before anything else.
   *
   * @param transport the endpoint
   */
  default void connectionMade(DatagramTransport transport) {}

  /**
   * Called for each datagram that arrives; a datagram is never split, nor joined with another. What
   * it throws is reported to the loop's exception handler, and the endpoint lives on.
   *
   * <p>The buffer belongs to the loop, which reads into it again: it is valid until this method
   * returns. Whoever keeps data copies it. It may be handed to {@link DatagramTransport#sendTo} as
   * it is.
   *
   * @param data the datagram, from position to limit, perhaps without a byte
   * @param from the address of the sender
   */
  default void datagramReceived(ByteBuffer data, SocketAddress from) {}

  /**
   * Called when the system has refused to send a datagram, or tells that an earlier one could not
   * be delivered; on many systems only endpoints with a remote address hear the latter. Called from
   * within {@code sendTo} if that is where it shows. The endpoint lives on.
   *
   * @param failure what the system says; {@link java.net.PortUnreachableException} if nobody
   *     receives at the remote address
   */
  default void errorReceived(IOException failure) {}
}
