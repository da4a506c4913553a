package org.asyncio4j.tck.mutants.sockets;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 20: who holds a socket, and its end. */
public final class SocketLifeMutants extends Defects {

  public SocketLifeMutants() {
    defect("20.21", "refuses callbacks in its own way")
        .loop(loop -> loop.sockets(it -> loop.refuseCallbacks(it.receive)));

    defect("20.22", "holds every socket")
        .loop(loop -> {
          List<AsyncSocket> held = new ArrayList<>();
          loop.makeSocket.returns(made -> {
            held.add(made);
            return made;
          });
        });

    defect("20.23", "closes a socket that a task waits for")
        .loop(SocketLifeMutants::forgetWhoWaits);

    defect("20.24", "refuses closed sockets in its own way")
        .loop(loop ->
            loop.openSocket.refuse(
                () -> loop.isClosed(), () -> new UnsupportedOperationException("closed")));
  }

  /** Asks the collector whether anybody holds a socket, of the wrong object. */
  private static void forgetWhoWaits(MutantLoop loop) {
    ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    Map<Reference<?>, AsyncSocket> waitedFor = new ConcurrentHashMap<>();
    loop.sockets(it ->
        it.receive.around((correct, target) -> {
          Reference<?> wait = new PhantomReference<>(new Object(), forgotten);
          waitedFor.put(wait, it.correct());
          try {
            return correct.call(target);
          } finally {
            waitedFor.remove(wait);
          }
        }));
    loop.callSoonThreadsafe.around((correct, callback) -> {
      for (var found = forgotten.poll(); found != null; found = forgotten.poll()) {
        AsyncSocket socket = waitedFor.remove(found);
        if (socket != null) {
          correct.call(socket::close);
        }
      }
      return correct.call(callback);
    });
  }
}
