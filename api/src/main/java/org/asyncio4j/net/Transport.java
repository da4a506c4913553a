package org.asyncio4j.net;

/** A connection that carries a stream of bytes in both directions: {@code asyncio.Transport}. */
public interface Transport extends ReadTransport, WriteTransport {

  @Override
  StreamProtocol protocol();
}
