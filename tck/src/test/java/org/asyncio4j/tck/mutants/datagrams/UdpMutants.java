package org.asyncio4j.tck.mutants.datagrams;

import module java.base;

import org.asyncio4j.core.Context;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 18: UDP. */
public final class UdpMutants extends Defects {

  public UdpMutants() {
    defect("18.1 also .2, .3, .4, .5", "opens an endpoint twice")
        .loop(loop ->
            loop.createDatagramEndpoint.around((correct, wanted) -> {
              correct.call(wanted.by(() -> new DatagramProtocol() {})).transport().abort();
              return correct.call(wanted);
            }));
    defect("18.2 also .17, .24", "binds instead of connecting")
        .loop(loop ->
            loop.createDatagramEndpoint.optionsIf(
                options -> options.remoteAddress().isPresent(),
                options -> options.withBroadcast(true)));
    defect("18.3", "calls connectionMade late")
        .endpoints(it ->
            it.connectionMade.instead((correct, made) ->
                it.loop().twoTicksLate(() -> it.callSoon(correct.later(made))).run()));
    defect("18.4", "wraps what the factory throws")
        .loop(loop ->
            loop.createDatagramEndpoint.factory.insteadOf(
                RuntimeException.class,
                thrown -> new IllegalStateException("no protocol", thrown)));
    defect("18.5", "leaves an endpoint open whose task is cancelled")
        .endpoints(it -> it.close.unless(_ -> it.request().waiter().orElseThrow().isCancelled()));
    defect("18.6", "is lost twice")
        .endpoints(it ->
            it.close.before(
                _ -> it.correct().isClosing(),
                _ -> it.callSoon(() -> it.user().connectionLost(null))));
    defect("18.7", "passes an exception to connectionLost after an abort")
        .endpoints(
            it -> it.connectionLost.givenIf(it.abort.called(), _ -> new IOException("aborted")));
    defect("18.8", "always allows broadcasts")
        .loop(loop -> loop.openDatagram.with("broadcast", _ -> true));
    defect("18.9", "always shares the port")
        .loop(loop -> loop.openDatagram.with("reusePort", _ -> true));
    defect("18.10", "forgets the context")
        .loop(loop -> loop.makeDatagramTransport.with("context", _ -> Context.empty()));
    defect("18.11", "calls protocols when it is closed")
        .loop(loop -> {
          List<DatagramTransportRequest> made = loop.makeDatagramTransport.arguments();
          loop.closeResources.before(_ -> made.forEach(it -> it.protocol().connectionLost(null)));
        });
    defect("18.12 also .20", "reports another sender")
        .endpoints(it ->
            it.datagramReceived.with(
                "from",
                got -> new InetSocketAddress(((InetSocketAddress) got.from()).getAddress(), 9)));
    defect("18.12", "reports the sender of the datagram before")
        .or("reports the sender of the datagram before from the third on", Turn.from(3))
        .endpoints(it -> {
          SocketAddress[] previous = new SocketAddress[1];
          it.datagramReceived.given(got -> {
            SocketAddress before = previous[0];
            previous[0] = got.from();
            return it.turn().comes() && before != null
                ? new EndpointSeams.Receiving(got.data(), before)
                : got;
          });
        });
    defect("18.13 also .15", "splits datagrams")
        .endpoints(it ->
            it.datagramReceived.instead((correct, got) -> {
              ByteBuffer data = got.data();
              int half = data.remaining() / 2;
              if (half < 50) {
                correct.call(got);
              } else {
                correct.call(got.of(data.slice(data.position(), half)));
                correct.call(got.of(data.position(data.position() + half)));
              }
            }));
    defect("18.13", "loses what arrives at once with ten others")
        .endpoints(it -> loseFollowing(it, Turn.always()));
    defect("18.13", "loses a datagram of a later burst")
        .endpoints(it -> loseFollowing(it, Turn.nth(15)));
    defect("18.14", "skips empty datagrams")
        .endpoints(it -> it.datagramReceived.onlyIf(got -> got.data().hasRemaining()));
    defect("18.15", "cuts long datagrams")
        .endpoints(it -> it.datagramReceived.before(got -> Buffers.cut(got.data(), 32 * 1024)));
    defect("18.16 also .25, .27", "sends the buffer of the caller later")
        .endpoints(it ->
            it.sendTo.insteadIf(
                sending -> !(it.isConnected() || sending.to() == null),
                (correct, sending) -> it.callSoon(correct.later(sending.taken()))));
    defect("18.17 also .24", "does not connect")
        // The transport sends to the peer nevertheless.
        .loop(loop -> loop.connectDatagram.swallow());
    defect("18.18", "ignores other addresses than its remote one")
        .endpoints(it -> it.sendTo.withIf(_ -> it.isConnected(), "to", _ -> null));
    defect("18.19", "drops what has no address")
        .endpoints(it -> it.sendTo.unless(sending -> !it.isConnected() && sending.to() == null));
    defect("18.20", "knows IPv4 only")
        .loop(loop ->
            loop.openDatagram.refuse(
                request -> request.family() == StandardProtocolFamily.INET6,
                request -> new SocketException("not supported")));
    defect("18.21", "does not pause").endpoints(it -> it.pauseReading.swallow());
    defect("18.22", "leaves headers behind")
        .endpoints(it -> {
          AtomicLong headers = new AtomicLong();
          it.sendTo.before(_ -> headers.addAndGet(8));
          it.writeBufferSize.returns(size -> headers.get() + size);
        });
    defect("18.23", "joins no group").endpoints(it -> it.joinGroup.swallow());
    defect("18.24", "swallows unreachable ports")
        .endpoints(it -> it.errorReceived.unless(PortUnreachableException.class::isInstance));
    defect("18.25", "swallows what the system refuses")
        .endpoints(it -> it.errorReceived.onlyIf(PortUnreachableException.class::isInstance));
    defect("18.25 also .24", "calls errorReceived a second time, a tick later")
        .endpoints(it ->
            it.errorReceived.after(failure -> it.callSoon(() -> it.user().errorReceived(failure))));
    defect("18.26", "ends when the protocol throws")
        .endpoints(it ->
            it.datagramReceived.catching(
                RuntimeException.class,
                (thrown, _) -> {
                  it.loop().report("protocol has failed", thrown);
                  it.correct().abort();
                }));
    defect("18.27", "calls errorReceived for memory that was freed")
        .endpoints(it ->
            it.sendTo.catching(
                IllegalStateException.class,
                (freed, _) -> it.user().errorReceived(new IOException(freed))));
    defect("18.27", "sends an empty datagram of any memory")
        .endpoints(it ->
            it.sendTo.withIf(
                sending -> !sending.data().hasRemaining(), "data", _ -> ByteBuffer.allocate(0)));
    defect("18.28", "sends what an aborted endpoint has left from the next one")
        .loop(loop -> sendLeftovers(loop, Turn.always()));
    defect("18.28", "sends what a later aborted endpoint has left from the next one")
        .loop(loop -> sendLeftovers(loop, Turn.nth(9)));
    defect("18.28", "loses what arrives first after an endpoint was aborted")
        .loop(loop -> receiveForAborted(loop, Turn.from(2)));
  }

  private static void loseFollowing(EndpointSeams it, Turn due) {
    AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    AtomicInteger atOnce = new AtomicInteger();
    it.datagramReceived.unless(_ -> {
      long now = it.loop().ticks();
      int number = atOnce.updateAndGet(count -> last.getAndSet(now) >= now - 1 ? count + 1 : 0);
      return number >= 10 && due.comes();
    });
  }

  private static void sendLeftovers(MutantLoop loop, Turn due) {
    AtomicReference<ByteBuffer> left = new AtomicReference<>();
    loop.endpoints(it -> {
      Flag sent = loop.ofThisTick();
      it.sendTo.before(sending -> {
        sent.set();
        ByteBuffer others = left.getAndSet(null);
        if (others != null) {
          it.correct().sendTo(others, sending.to());
        }
      });
      it.abort.before(sent.and(due), _ -> left.set(ByteBuffer.wrap("other".getBytes())));
    });
  }

  private static void receiveForAborted(MutantLoop loop, Turn due) {
    Flag pending = new Flag();
    loop.endpoints(it -> {
      Flag sent = loop.ofThisTick();
      Flag stolen = new Flag();
      stolen.put(pending.take());
      it.sendTo.before(_ -> sent.set());
      it.abort.before(_ -> pending.put(sent.isSet() && due.comes()));
      it.datagramReceived.unless(_ -> stolen.take());
    });
  }
}
