package org.asyncio4j.tck.mutants.datagrams;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;

/** Chapter 18: how datagrams travel. */
public final class UdpTransferMutants extends Defects {

  public UdpTransferMutants() {
    received();
    sent();
    sockets();
  }

  private void received() {
    defect("18.12", "reports another sender")
        .also("18.20")
        .endpoints(it ->
            it.datagramReceived.given(got ->
                got.from(new InetSocketAddress(((InetSocketAddress) got.from()).getAddress(), 9))));

    defect("18.13", "splits datagrams").also("18.15").endpoints(UdpTransferMutants::splitDatagrams);

    defect("18.14", "skips empty datagrams")
        .endpoints(it -> it.datagramReceived.onlyIf(got -> got.data().hasRemaining()));

    defect("18.15", "cuts long datagrams")
        .endpoints(it -> it.datagramReceived.before(got -> cut(got.data(), 32 * 1024)));

    defect("18.21", "does not pause").endpoints(it -> it.pauseReading.swallow());
  }

  private static void splitDatagrams(EndpointSeams it) {
    it.datagramReceived.instead((correct, got) -> {
      ByteBuffer data = got.data();
      int half = data.remaining() / 2;
      if (half < 50) {
        correct.call(got);
      } else {
        correct.call(got.of(data.slice(data.position(), half)));
        correct.call(got.of(data.position(data.position() + half)));
      }
    });
  }

  /** Drops what is too long. */
  public static void cut(ByteBuffer data, int most) {
    data.limit(Math.min(data.limit(), data.position() + most));
  }

  private void sent() {
    defect("18.16", "sends the buffer of the caller later")
        .also("18.25", "18.27")
        .endpoints(UdpTransferMutants::sendLater);

    defect("18.18", "ignores other addresses than its remote one")
        .endpoints(it -> it.sendTo.given(sending -> it.isConnected() ? sending.to(null) : sending));

    defect("18.19", "drops what has no address")
        .endpoints(it -> it.sendTo.unless(sending -> !it.isConnected() && sending.to() == null));

    defect("18.22", "leaves headers behind")
        .endpoints(it -> {
          AtomicLong headers = new AtomicLong();
          it.sendTo.before(() -> headers.addAndGet(8));
          it.writeBufferSize.returns(size -> headers.get() + size);
        });
  }

  private static void sendLater(EndpointSeams it) {
    it.sendTo.instead((correct, sending) -> {
      if (it.isConnected() || sending.to() == null) {
        correct.call(sending);
      } else {
        ByteBuffer same = sending.data().duplicate();
        sending.take();
        it.loop().callSoon(correct.later(sending.of(same)), it.request().context());
      }
    });
  }

  private void sockets() {
    defect("18.17", "does not connect")
        .also("18.24")
        .loop(loop ->
            // The transport sends to the peer all the same.
            loop.connectDatagram.swallow());

    defect("18.20", "knows IPv4 only")
        .loop(loop ->
            loop.openDatagram.refuse(
                request -> request.family() == StandardProtocolFamily.INET6,
                request -> new SocketException("not supported")));

    defect("18.23", "joins no group").endpoints(it -> it.joinGroup.swallow());
  }
}
