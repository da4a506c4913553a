package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.Seam.Act;

/** What may be wrong with the protocols of a connection that begins to speak TLS. */
final class StartTls {

  private StartTls() {}

  /** Does something if {@code startTls} fails in a certain way. */
  static void onFailure(
      MutantLoop loop,
      Class<? extends Throwable> kind,
      BooleanSupplier isDue,
      Act<NetworkSeams.StartTls> act) {
    loop.startTls.onFailure(
        Throwable.class,
        (thrown, wanted) -> {
          if (kind.isInstance(thrown) && isDue.getAsBoolean()) {
            act.with(wanted);
          }
        });
  }

  /** Stands between a connection and its protocol, and does not pass on every loss as it is. */
  static void tellOtherwise(Transport transport, BiConsumer<StreamProtocol, Throwable> telling) {
    StreamProtocol former = transport.protocol();
    transport.setProtocol(
        new Protocol() {
          @Override
          public void dataReceived(ByteBuffer data) {}

          @Override
          public void connectionLost(Throwable reason) {
            telling.accept(former, reason);
          }
        });
  }

  /** Takes the connection away from a protocol and says nothing. */
  static void forget(Transport transport) {
    tellOtherwise(transport, (_, _) -> {});
  }
}
