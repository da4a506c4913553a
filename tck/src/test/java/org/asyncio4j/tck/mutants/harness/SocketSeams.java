package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.net.socket.*;

/** The methods of a stream socket for direct use. */
public final class SocketSeams extends Decorated<AsyncSocket> {

  public final Seam<SocketAddress, Void> connect = seam("connect");
  public final Seam<ByteBuffer, Integer> receive = seam("receive");
  public final Seam<ByteBuffer, Integer> send = seam("send");
  public final Seam<ByteBuffer, Void> sendAll = seam("sendAll");
  public final Seam<File, Long> sendFile = seam("sendFile", File::new);
  public final Seam<Void, Void> shutdownOutput = seam("shutdownOutput");
  public final Seam<Void, Void> close = seam("close");
  public final Seam<Void, Optional<SocketAddress>> remoteAddress = seam("remoteAddress");
  public final Seam<SocketOption<?>, Object> option = seam("option");

  /** A file that is to be sent. */
  public record File(FileRegion region, Boolean fallback) {}
}
