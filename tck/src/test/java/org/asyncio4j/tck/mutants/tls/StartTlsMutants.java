package org.asyncio4j.tck.mutants.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 17: connections that begin to speak TLS. */
public final class StartTlsMutants extends Defects {

  public StartTlsMutants() {
    defect("17.23", "makes the connection again")
        .also("17.26", "17.27", "17.35")
        .loop(loop ->
            loop.startTls.around((correct, wanted) -> {
              Transport made = correct.call(wanted);
              wanted.protocol().connectionMade(made);
              return made;
            }));

    defect("17.24", "drops what was received before")
        .also("17.28", "17.43")
        .loop(loop -> loop.startTls.given(wanted -> wanted.having(ByteBuffer.allocate(0))));

    defect("17.25", "leaves the connection open when the task is cancelled")
        .also("17.31", "17.33", "17.34", "17.36", "17.40", "17.42")
        .loop(loop ->
            loop.startTls.given(
                wanted -> wanted.over(loop.shown(wanted.transport(), it -> it.abort.swallow()))));

    defect("17.26", "speaks TLS once").loop(StartTlsMutants::speakTlsOnce);

    mistakes();
  }

  private static void speakTlsOnce(MutantLoop loop) {
    Deque<Transport> secured = new ArrayDeque<>();
    loop.startTls.around((correct, wanted) -> {
      if (secured.contains(wanted.transport())) {
        throw new IllegalArgumentException("transport speaks TLS already");
      }
      Transport made = correct.call(wanted);
      secured.add(made);
      return made;
    });
  }

  private void mistakes() {
    defect("17.43", "pauses a connection before the options are looked at")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalArgumentException.class,
                Turn.always(),
                wanted -> wanted.transport().pauseReading()));

    defect("17.43", "hands the connection over before the options are looked at later on")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalArgumentException.class,
                Turn.from(4),
                wanted -> wanted.transport().setProtocol(wanted.protocol())));

    defect("17.43", "closes for a buffer that cannot be used")
        .loop(loop ->
            StartTls.onFailure(
                loop,
                IllegalStateException.class,
                Turn.fromSecond(),
                wanted -> wanted.transport().close()));
  }
}
