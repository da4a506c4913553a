package org.asyncio4j.tck.mutants.unix;

import java.nio.ByteBuffer;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;
import org.asyncio4j.tck.mutants.transports.BufferMemoryMutants;

/** Chapter 19: Unix datagrams of buffers whose memory cannot be used. */
public final class UnixMemoryMutants extends Defects {

  public UnixMemoryMutants() {
    defect("19.33", "keeps the memory of what waits")
        .onEpoll()
        .endpoints(UnixMemoryMutants::keepWhatWaits);

    defect("19.33", "drops what it cannot queue")
        .onEpoll()
        .endpoints(it ->
            it.sendTo.onlyIf(sending ->
                it.correct().writeBufferSize() == 0
                    || BufferMemoryMutants.isUsable(sending.data())));

    defect("19.34", "sends a copy")
        .onEpoll()
        .datagramSockets(it ->
            it.sendTo.given(sending -> {
              ByteBuffer data = sending.data();
              return sending.of(ByteBuffer.allocate(data.remaining()).put(data).flip());
            }));

    defect("19.34", "forgets what was freed")
        .onEpoll()
        .datagramSockets(it -> it.sendTo.swallowing(IllegalStateException.class, _ -> true));
  }

  private static void keepWhatWaits(EndpointSeams it) {
    it.sendTo.instead((correct, sending) -> {
      if (it.correct().writeBufferSize() > 0 && sending.data().isDirect()) {
        ByteBuffer kept = sending.data().duplicate();
        sending.take();
        it.loop().callSoon(correct.later(sending.of(kept)), it.request().context());
      } else {
        correct.call(sending);
      }
    });
  }
}
