package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.Handle;
import org.asyncio4j.net.*;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;

/** The methods of an endpoint of datagrams and of its protocol. */
public final class EndpointSeams extends LinkSeams<DatagramTransport, DatagramProtocol> {

  public final Seam<Sending, Void> sendTo = seam("sendTo", Sending::new);
  public final Seam<Group, Void> joinGroup = seam("joinGroup", Group::new);

  public final Seam<Receiving, Void> datagramReceived = seam("datagramReceived", Receiving::new);
  public final Seam<IOException, Void> errorReceived = seam("errorReceived");

  private final DatagramTransportRequest request;

  EndpointSeams(MutantLoop loop, DatagramTransportRequest request) {
    super(loop, DatagramTransport.class, request.protocol());
    this.request = request;
  }

  /** A datagram that is to be sent. */
  public record Sending(ByteBuffer data, SocketAddress to) {

    public Sending of(ByteBuffer changed) {
      return new Sending(changed, to);
    }

    /** Consumes the data as if they had been sent. */
    public void take() {
      Buffers.take(data);
    }

    /** {@return the same datagram, whose data are consumed but not copied} */
    public Sending taken() {
      return of(Buffers.taken(data));
    }
  }

  /** A datagram that has arrived. */
  public record Receiving(ByteBuffer data, SocketAddress from) {

    public Receiving of(ByteBuffer changed) {
      return new Receiving(changed, from);
    }
  }

  /** A group that is to be joined. */
  public record Group(InetAddress group, NetworkInterface on) {}

  @Override
  DatagramProtocol decorated(DatagramProtocol protocol) {
    return decorate(DatagramProtocol.class, protocol);
  }

  @Override
  DatagramProtocol known(BaseProtocol protocol) {
    return protocol instanceof DatagramProtocol datagrams ? datagrams : null;
  }

  /** {@return the request to the loop} */
  public DatagramTransportRequest request() {
    return request;
  }

  /** Schedules a call of the protocol. */
  public void callSoon(Runnable call) {
    Handle ignored = loop().callSoon(call, request.context());
  }

  /** {@return whether it is connected} */
  public boolean isConnected() {
    return request.peer().isPresent();
  }
}
