package org.asyncio4j.tck.mutants.clients;

import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.HomemadeConnect;
import org.asyncio4j.tck.mutants.harness.HomemadeConnect.Point;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 8: cancellation, and protocols of clients. */
public final class ClientLifeMutants extends Defects {

  public ClientLifeMutants() {
    cancellations();

    defect("8.15", "is lost twice")
        .connections(it ->
            it.connectionMade.after(
                () -> it.correct().isClosing(),
                () -> it.loop().callSoon(() -> it.user().connectionLost(null), it.context())));

    defect("8.16", "swallows what connectionMade throws")
        .connections(it -> it.connectionMade.swallowing(RuntimeException.class, _ -> true));

    defect("8.17", "forgets the peer")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.forget(key -> lost.isSet() && key == ExtraInfo.PEERNAME);
        });

    defect("8.19", "cuts what arrives")
        .connections(
            it -> it.dataReceived.given(data -> data.limit(Math.min(data.limit(), 1_000))));
  }

  private void cancellations() {
    defect("8.12", "goes on connecting when it is cancelled")
        .also("8.13")
        .loop(loop -> loop.connectSocket.returns(connecting -> detached(loop, connecting)));

    defect("8.13", "loses a socket that is connected")
        .also("8.9")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.CONNECTED));

    defect("8.14", "loses a transport")
        .also("8.9", "8.13")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.WAITER));

    defect("8.18", "loses a socket without a protocol")
        .also("8.9")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.FACTORY));
  }

  /** {@return a future that is done as another one, which goes on if this is cancelled} */
  public static <T> Future<T> detached(MutantLoop loop, Future<T> correct) {
    Promise<T> detached = loop.createFuture();
    correct.addDoneCallback(done -> {
      if (detached.isDone()) {
        return;
      }
      Throwable failure = done.exception().orElse(null);
      if (failure == null) {
        detached.setResult(done.result());
      } else {
        detached.setException(failure);
      }
    });
    return detached;
  }
}
