package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.net.socket.TransportSocket;

/** The methods of the socket that a transport or a server shows. */
public final class TransportSocketSeams extends Decorated<TransportSocket> {

  public final Seam<SocketOption<?>, Object> option = seam("option");
  public final Seam<Setting, Void> setOption = seam("setOption", Setting::new);

  /** An option that is to be set. */
  public record Setting(SocketOption<?> option, Object value) {}
}
