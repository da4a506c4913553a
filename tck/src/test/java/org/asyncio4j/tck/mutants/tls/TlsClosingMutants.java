package org.asyncio4j.tck.mutants.tls;

import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.net.tls.TlsTruncationException;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 17: how TLS ends. */
public final class TlsClosingMutants extends Defects {

  public TlsClosingMutants() {
    defect("17.16", "closes without a word")
        .also("17.18", "17.19", "17.20", "17.21", "17.22", "17.26", "17.27")
        .tlsConnections(it -> it.close.instead((_, _) -> it.correct().abort()));

    // As asyncio does.
    defect("17.17", "takes any end for a proper one")
        .tlsConnections(it ->
            it.connectionLost.given(reason -> {
              if (!(reason instanceof TlsTruncationException)) {
                return reason;
              }
              boolean ignored = it.user().eofReceived();
              return null;
            }));

    defect("17.18", "drops what waits when it closes")
        .tlsConnections(it ->
            it.close.instead((correct, _) -> {
              if (it.correct().writeBufferSize() > 0) {
                it.correct().abort();
              } else {
                correct.call();
              }
            }));

    defect("17.19", "refuses late writes")
        .tlsConnections(it ->
            it.write.refuse(
                () -> it.correct().isClosing(),
                () -> new IllegalStateException("the transport is closing")));

    defect("17.20", "listens on for a moment after it was closed")
        .also("17.19", "17.21", "17.22")
        .tlsConnections(it ->
            it.close.instead(
                (correct, _) -> it.loop().callLater(Duration.ofMillis(50), correct.later())));

    defect("17.21", "is patient at the end")
        .loop(
            loop -> loop.tlsOptions((asked, _) -> asked.withShutdownLimit(Duration.ofSeconds(60))));

    defect("17.22", "has no owner")
        .loop(loop -> loop.makeTlsTransport.given(it -> Requests.withOwner(it, Optional.empty())));
  }
}
