package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.tck.mutants.harness.EndpointSeams.Sending;

/** The methods of a socket of datagrams for direct use. */
public final class DatagramSocketSeams extends Decorated<AsyncDatagramSocket> {

  public final Seam<SocketAddress, Void> connect = seam("connect");
  public final Seam<ByteBuffer, SocketAddress> receiveFrom = seam("receiveFrom");
  public final Seam<Sending, Void> sendTo = seam("sendTo", Sending::new);
}
