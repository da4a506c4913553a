package org.asyncio4j.tck.mutants.unix;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.datagrams.UdpTransferMutants;
import org.asyncio4j.tck.mutants.harness.DatagramSocketSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 19: how Unix datagrams travel. */
public final class UnixDatagramMutants extends Defects {

  public UnixDatagramMutants() {
    received();
    queued();
    sockets();

    defect("19.26", "ends with its receiver")
        .onEpoll()
        .endpoints(it -> it.errorReceived.after(() -> it.correct().abort()));

    defect("19.29", "drops what is queued when it is closed")
        .onEpoll()
        .endpoints(it -> it.close.instead((_, _) -> it.correct().abort()));

    defect("19.32", "drops what it cannot send")
        .onEpoll()
        .endpoints(it ->
            it.sendTo.instead((correct, sending) -> {
              try {
                correct.call(sending);
              } catch (IllegalArgumentException refused) {
                sending.take();
              }
            }));
  }

  private void received() {
    // It has room for what UDP can send.
    defect("19.17", "cuts Unix datagrams")
        .onEpoll()
        .endpoints(
            it -> it.datagramReceived.before(got -> UdpTransferMutants.cut(got.data(), 65_536)));

    defect("19.18", "drops what comes from no address")
        .also("19.19", "19.22", "19.24", "19.26", "19.29", "19.30", "19.31", "19.32", "19.34")
        .onEpoll()
        .endpoints(it ->
            it.datagramReceived.unless(got -> got.from().equals(UnixDomainSocketAddress.of(""))));
  }

  private void queued() {
    defect("19.24", "forgets to resume")
        .onEpoll()
        .endpoints(it -> it.resumeWriting.unless(it::isConnected));

    defect("19.24", "repeats the first datagram that a connected receiver held up")
        .also("19.29")
        .onEpoll()
        .endpoints(UnixDatagramMutants::repeatWhatWasHeldUp);

    defect("19.24", "queues one datagram for a receiver that is behind")
        .also("19.25", "19.29", "19.33")
        .onEpoll()
        .endpoints(it ->
            it.sendTo.instead((correct, sending) -> {
              if (it.correct().writeBufferSize() == 0) {
                correct.call(sending);
              } else {
                sending.take();
              }
            }));

    defect("19.25", "spins while a receiver is behind")
        .onEpoll()
        .endpoints(it ->
            it.sendTo.after(sending -> sending.to() != null, _ -> spin(it.loop(), it.correct())));
  }

  private static void repeatWhatWasHeldUp(EndpointSeams it) {
    it.sendTo.instead((correct, sending) -> {
      boolean behind = it.correct().writeBufferSize() > 0;
      ByteBuffer again = sending.data().duplicate();
      correct.call(sending);
      if (it.isConnected() && !behind && it.correct().writeBufferSize() > 0) {
        correct.call(sending.of(again));
      }
    });
  }

  private static void spin(MutantLoop loop, DatagramTransport transport) {
    if (transport.writeBufferSize() > 0) {
      loop.callSoon(() -> spin(loop, transport));
    }
  }

  private void sockets() {
    // It sends them one after the other.
    defect("19.31", "takes datagrams before the system does")
        .onEpoll()
        .loop(loop ->
            loop.datagramSockets(it -> {
              AsyncLock sending = new AsyncLock();
              it.sendTo.around((correct, datagram) ->
                  loop.ahead(() -> {
                    try (var held = sending.hold()) {
                      return correct.quietly(datagram);
                    }
                  }));
            }));

    defect("19.31", "drops what the system does not take")
        .also("19.34")
        .onEpoll()
        .loop(loop -> loop.datagramSockets(it -> dropWhatIsNotTaken(loop, it)));
  }

  private static void dropWhatIsNotTaken(MutantLoop loop, DatagramSocketSeams it) {
    it.sendTo.instead((correct, datagram) -> {
      Task<Object> trying = loop.createTask(() -> correct.quietly(datagram));
      Awaiter.yieldOnce();
      Awaiter.yieldOnce();
      if (trying.cancel()) {
        Awaiter.yieldOnce();
      } else {
        Object ignored = trying.awaitThrowing(IOException.class);
      }
    });
  }
}
