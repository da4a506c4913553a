package org.asyncio4j.tck.mutants.streams;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 16: reading from streams. */
public final class StreamReadMutants extends Defects {

  public StreamReadMutants() {
    defect("16.1", "takes a zero byte for the end")
        .connections(it -> it.dataReceived.before(data -> cutAt(data, (byte) 0, 0)));

    defect("16.2", "drops single bytes")
        .connections(it -> it.dataReceived.onlyIf(data -> data.remaining() > 1));

    defect("16.3", "hands over one line of a piece")
        .connections(it ->
            it.dataReceived.before(
                data -> data.get(data.limit() - 1) == '\n', data -> cutAt(data, (byte) '\n', 1)));

    defect("16.4", "closes at the peer's end")
        .also("16.34", "16.35")
        .connections(it -> it.eofReceived.returns(_ -> false));

    defect("16.5", "does not listen after writeEof")
        .connections(it -> it.writeEof.after(() -> it.correct().pauseReading()));

    defect("16.6", "does not pause").connections(it -> it.pauseReading.swallow());

    defect("16.7", "mixes up what was waiting")
        .connections(it -> {
          Flag resumed = it.resumeReading.called();
          it.dataReceived.before(
              data -> resumed.isSet(), data -> data.put(data.position(), (byte) '#'));
        });

    defect("16.8", "hands out a cancelled future again")
        .also("16.35", "16.44")
        .loop(StreamReadMutants::handOutAgain);

    defect("16.9", "takes a reset for an end")
        .also("16.32")
        .connections(it -> {
          Flag written = it.write.called();
          it.connectionLost.given(reason -> written.isSet() ? reason : null);
        });
  }

  private static void cutAt(ByteBuffer data, byte end, int kept) {
    for (int at = data.position(); at < data.limit(); at++) {
      if (data.get(at) == end) {
        data.limit(at + kept);
      }
    }
  }

  private static void handOutAgain(MutantLoop loop) {
    AtomicReference<Promise<Object>> last = new AtomicReference<>();
    loop.createFuture.around((correct, _) -> {
      Promise<Object> before = last.get();
      boolean again = before != null && before.isCancelled();
      Promise<Object> made = again ? before : correct.call();
      last.set(again ? null : made);
      return made;
    });
  }
}
