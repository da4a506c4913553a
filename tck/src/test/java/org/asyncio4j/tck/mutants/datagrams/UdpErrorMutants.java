package org.asyncio4j.tck.mutants.datagrams;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;

/** Chapter 18: errors. */
public final class UdpErrorMutants extends Defects {

  public UdpErrorMutants() {
    defect("18.24", "swallows unreachable ports")
        .endpoints(it -> it.errorReceived.unless(PortUnreachableException.class::isInstance));

    defect("18.25", "swallows what the system refuses")
        .endpoints(it ->
            it.errorReceived.unless(failure -> !(failure instanceof PortUnreachableException)));

    defect("18.25", "calls errorReceived a second time, a tick later")
        .also("18.24")
        .endpoints(it ->
            it.errorReceived.after(failure ->
                it.loop()
                    .callSoon(() -> it.user().errorReceived(failure), it.request().context())));

    defect("18.26", "ends when the protocol throws").endpoints(UdpErrorMutants::endWithTheProtocol);

    defect("18.27", "calls errorReceived for memory that was freed")
        .endpoints(it ->
            it.sendTo.instead((correct, sending) -> {
              try {
                correct.call(sending);
              } catch (IllegalStateException freed) {
                it.user().errorReceived(new IOException(freed));
              }
            }));

    defect("18.27", "sends an empty datagram of any memory")
        .endpoints(it ->
            it.sendTo.given(sending ->
                sending.data().hasRemaining() ? sending : sending.of(ByteBuffer.allocate(0))));
  }

  private static void endWithTheProtocol(EndpointSeams it) {
    it.datagramReceived.instead((correct, got) -> {
      try {
        correct.call(got);
      } catch (RuntimeException thrown) {
        it.loop().callExceptionHandler(ErrorReport.of("protocol has failed").withException(thrown));
        it.correct().abort();
      }
    });
  }
}
