package org.asyncio4j.tck.mutants.sockets;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.ListenerSeams;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Seam.Body;
import org.asyncio4j.tck.mutants.harness.SocketSeams;

/** Chapter 20: what stream sockets do. */
public final class SocketStreamMutants extends Defects {

  public SocketStreamMutants() {
    receiving();
    connecting();

    defect("20.1", "cannot send any more once it has received")
        .also("20.57")
        .sockets(it -> {
          Flag received = new Flag();
          it.receive.after(received::set);
          it.sendAll.unless(received);
        });

    defect("20.5", "sends what the system takes and takes it for all")
        .also("20.15", "20.16", "20.59")
        .sockets(it ->
            it.sendAll.instead((_, data) -> {
              int ignored = it.correct().send(data);
              data.position(data.limit());
            }));

    defect("20.9", "shuts down both directions")
        .sockets(it -> it.shutdownOutput.instead((_, _) -> it.correct().close()));
  }

  private void receiving() {
    defect("20.2", "takes silence for the end")
        .also("20.5", "20.12", "20.13", "20.14", "20.17", "20.23", "20.28", "20.38")
        .loop(loop ->
            loop.sockets(it ->
                it.receive.around((correct, target) ->
                    loop.currentTask().isEmpty()
                        ? correct.call(target)
                        : receiveAtOnce(loop, correct, target))));

    defect("20.3", "drops what does not fit")
        .also("20.57", "20.58", "20.62")
        .sockets(SocketStreamMutants::dropWhatDoesNotFit);

    defect("20.4", "returns 0 at the end of the stream")
        .sockets(it -> it.receive.returns(count -> Math.max(0, count)));
  }

  private static int receiveAtOnce(
      MutantLoop loop, Body<ByteBuffer, Integer> receive, ByteBuffer target) throws IOException {
    Task<Integer> trying = loop.createTask(() -> receive.quietly(target));
    for (int turn = 0; turn < 3 && !trying.isDone(); turn++) {
      Awaiter.yieldOnce();
    }
    if (!trying.isDone()) {
      boolean ignored = trying.cancel();
      Awaiter.yieldOnce();
      return -1;
    }
    return trying.awaitThrowing(IOException.class);
  }

  private static void dropWhatDoesNotFit(SocketSeams it) {
    it.receive.around((correct, target) -> {
      ByteBuffer read = ByteBuffer.allocate(8 * 1024);
      int count = correct.call(read);
      read.flip().limit(Math.min(read.limit(), target.remaining()));
      int taken = read.remaining();
      target.put(read);
      return count < 0 ? count : taken;
    });
  }

  private void connecting() {
    defect("20.6", "takes a refusal for a success")
        .sockets(it -> it.connect.swallowing(ConnectException.class, _ -> true));

    defect("20.7", "does not look up names")
        .sockets(it ->
            it.connect.refuse(
                remote -> remote instanceof InetSocketAddress address && address.isUnresolved(),
                remote -> new UnresolvedAddressException()));

    defect("20.8", "loses the connection that it waited for")
        .also("20.11")
        .loop(loop -> loop.listeners(it -> closeWhatWasWaitedFor(loop, it)));

    defect("20.10", "forgets its peer").sockets(it -> it.remoteAddress.always(Optional.empty()));

    defect("20.11", "refuses Unix sockets")
        .loop(loop ->
            loop.makeSocket.refuse(
                request -> request.family() == StandardProtocolFamily.UNIX,
                request ->
                    new SocketException(
                        "cannot open a socket: address family UNIX is not supported here")));
  }

  private static void closeWhatWasWaitedFor(MutantLoop loop, ListenerSeams it) {
    it.accept.around((correct, _) -> {
      Flag waited = new Flag();
      if (loop.currentTask().isPresent()) {
        loop.callSoon(waited::set);
      }
      AsyncSocket accepted = correct.call();
      if (waited.isSet()) {
        accepted.close();
      }
      return accepted;
    });
  }
}
