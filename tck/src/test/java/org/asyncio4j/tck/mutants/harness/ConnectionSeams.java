package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.spi.hooks.TlsTransportRequest.Carrier;
import org.asyncio4j.spi.hooks.TlsTransportRequest.OfSocket;

/** The methods of a connection and of its protocol. */
public final class ConnectionSeams extends LinkSeams<Transport, StreamProtocol> {

  public final Seam<ByteBuffer, Void> write = seam("write");
  public final Seam<List<ByteBuffer>, Void> writeLines = seam("writeLines");
  public final Seam<Void, Void> writeEof = seam("writeEof");
  public final Seam<Void, Boolean> canWriteEof = seam("canWriteEof");

  public final Seam<ByteBuffer, Void> dataReceived = seam("dataReceived");
  public final Seam<Integer, ByteBuffer> getBuffer = seam("getBuffer");
  public final Seam<Integer, Void> bufferUpdated = seam("bufferUpdated");
  public final Seam<Void, Boolean> eofReceived = seam("eofReceived");

  /** Adds the connection to its server, if it has one. */
  public final Seam<Transport, Void> attach = seam("attach");

  /** Removes the connection from its server. */
  public final Seam<Transport, Void> detach = seam("detach");

  private final Carrier carrier;
  private final Optional<TransportOwner> owner;
  private final Context context;

  ConnectionSeams(
      MutantLoop loop,
      StreamProtocol user,
      Carrier carrier,
      Optional<TransportOwner> owner,
      Context context) {
    super(loop, Transport.class, user);
    this.carrier = carrier;
    this.owner = owner;
    this.context = context;
  }

  @Override
  StreamProtocol decorated(StreamProtocol protocol) {
    return switch (protocol) {
      case Protocol plain -> decorate(Protocol.class, plain);
      case BufferedProtocol lender -> decorate(BufferedProtocol.class, lender);
    };
  }

  @Override
  StreamProtocol known(BaseProtocol protocol) {
    return protocol instanceof StreamProtocol stream ? stream : null;
  }

  /** Replaces the decorated protocol and the correct transport by those that programs know. */
  ErrorReport known(ErrorReport report) {
    boolean own =
        report.protocol().filter(it -> correct() != null && it == correct().protocol()).isPresent();
    return own ? report.withProtocol(user()).withTransport(transport()) : report;
  }

  /** {@return what carries it} */
  public Carrier carrier() {
    return carrier;
  }

  /** {@return the socket that carries it} */
  public SocketHandle socket() {
    return ((OfSocket) carrier).socket();
  }

  /** {@return the server, if it is a connection of one} */
  public Optional<TransportOwner> owner() {
    return owner;
  }

  /** Removes the connection from its server, if it has one. */
  public void detachNow() {
    owner.ifPresent(server -> server.detach(correct()));
  }

  /** {@return whether it is a connection of a server, without TLS} */
  public boolean isServed() {
    return owner.isPresent() && user() instanceof Protocol;
  }

  Optional<TransportOwner> decoratedOwner() {
    return attach.isDecorated() || detach.isDecorated()
        ? owner.map(correct -> decorate(TransportOwner.class, correct))
        : owner;
  }

  /** {@return where the protocol is called} */
  public Context context() {
    return context;
  }
}
