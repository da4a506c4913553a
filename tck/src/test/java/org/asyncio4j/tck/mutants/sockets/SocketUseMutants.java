package org.asyncio4j.tck.mutants.sockets;

import java.net.SocketException;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.SocketSeams;

/** Chapter 20: datagrams, and what sockets become. */
public final class SocketUseMutants extends Defects {

  public SocketUseMutants() {
    defect("20.25", "forgets the sender")
        .also("20.26")
        .datagramSockets(it -> it.receiveFrom.returns(_ -> it.correct().localAddress()));

    defect("20.26", "receives datagrams ahead of the task that waits")
        .loop(loop -> loop.datagramSockets(it -> SocketWaitMutants.doAhead(loop, it.receiveFrom)));

    defect("20.27", "lets the old owner read the end of the stream")
        .loop(loop -> loop.sockets(it -> letTheOldOwnerRead(loop, it)));

    adopted();

    defect("20.30", "does not read from accepted sockets")
        .loop(loop ->
            loop.connectAcceptedSocket.returns(made -> {
              made.transport().pauseReading();
              return made;
            }));

    defect("20.31", "does not serve")
        .loop(loop ->
            loop.withOptions(loop.createSocketServer, options -> options.withStartServing(false)));
  }

  private static void letTheOldOwnerRead(MutantLoop loop, SocketSeams it) {
    Flag closed = it.close.called();
    it.receive.around((correct, target) ->
        it.correct().isOpen() || closed.isSet() || loop.isClosed() ? correct.call(target) : -1);
  }

  private void adopted() {
    defect("20.28", "closes what it refuses")
        .also("20.29")
        .loop(loop ->
            loop.adoptSocket.around((correct, wanted) -> {
              try {
                return correct.call(wanted);
              } catch (IllegalStateException refused) {
                wanted.options().socket().close();
                throw refused;
              }
            }));

    defect("20.29", "misses the peer in its own way")
        .loop(loop ->
            loop.adoptSocket.refuse(
                wanted -> wanted.options().socket().remoteAddress().isEmpty(),
                wanted -> new SocketException("Transport endpoint is not connected")));
  }
}
