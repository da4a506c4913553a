package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.probe.ForeignTask;

/** Chapter 11: protocols, and how they are called. */
public final class ProtocolMutants extends Defects {

  public ProtocolMutants() {
    defect("11.31", "calls eofReceived of the first protocol")
        .connections(it -> {
          StreamProtocol first = it.user();
          it.eofReceived.around((_, _) -> first.eofReceived());
        });

    defect("11.32", "ignores a protocol of another kind")
        .connections(it -> it.setProtocol.onlyIf(StreamProtocol.class::isInstance));

    defect("11.33", "clears a lent buffer")
        .connections(it ->
            it.getBuffer.returns(
                lent -> lent.hasRemaining() && !lent.isReadOnly() ? lent.clear() : lent));

    defect("11.34", "reads on while a callback is parked")
        .also("11.14")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
              it.loop().callSoon(correct.later(copy));
            }));

    defect("11.35", "calls protocols in no context")
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.withContext(it, Context.empty())));

    defect("11.36", "calls dataReceived in a task").connections(ProtocolMutants::callInTask);
  }

  private static void callInTask(ConnectionSeams it) {
    it.dataReceived.instead((correct, data) -> {
      ForeignTask task = new ForeignTask(it.loop(), "somebody");
      TaskLifetime.enterTask(it.loop(), task);
      try {
        correct.call(data);
      } finally {
        TaskLifetime.leaveTask(it.loop(), task);
      }
    });
  }
}
