package org.asyncio4j.tck.mutants.tls;

import module java.base;

import org.asyncio4j.net.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.Seam.Act;

/** Defects of the protocols of a connection on which TLS begins. */
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

  /** Stands between a connection and its protocol and changes how losses are reported. */
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

  /** Takes the connection away from a protocol without notifying it. */
  static void forget(Transport transport) {
    tellOtherwise(transport, (_, _) -> {});
  }
}
