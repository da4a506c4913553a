package org.asyncio4j.tck.mutants.tls;

import java.nio.ByteBuffer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 17: streams that begin to speak TLS. */
public final class StreamTlsMutants extends Defects {

  public StreamTlsMutants() {
    defect("17.27", "returns the plain transport")
        .also("17.23", "17.24", "17.26")
        .loop(loop ->
            loop.startTls.around((correct, wanted) -> {
              Transport ignored = correct.call(wanted);
              return wanted.transport();
            }));

    defect("17.28", "reads what came early")
        .also("17.24", "17.43")
        .loop(loop ->
            loop.startTls.given(wanted -> {
              if (wanted.received().hasRemaining()
                  && wanted.protocol() instanceof Protocol listener) {
                listener.dataReceived(wanted.received());
              }
              return wanted.having(ByteBuffer.allocate(0));
            }));

    defect("17.36", "goes on in plain text")
        .also("17.25", "17.31", "17.33", "17.34", "17.40", "17.41", "17.42")
        .loop(loop -> goOnInPlainText(loop, Turn.always()));

    defect("17.36", "goes on in plain text when it happens again")
        .also("17.31", "17.33", "17.34", "17.40", "17.41", "17.42")
        .loop(loop -> goOnInPlainText(loop, Turn.from(3)));
  }

  private static void goOnInPlainText(MutantLoop loop, Turn concerned) {
    loop.startTls.given(wanted -> {
      if (!concerned.getAsBoolean()) {
        return wanted;
      }
      StreamProtocol former = wanted.transport().protocol();
      return wanted.over(
          loop.shown(
              wanted.transport(),
              it -> it.abort.instead((_, _) -> it.transport().setProtocol(former))));
    });
  }
}
