package org.asyncio4j.tck.mutants.transports;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;

/** Chapter 10: what is written. */
public final class WriteMutants extends Defects {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int FEW = 1024;

  public WriteMutants() {
    defect("10.13", "corrupts large pieces")
        .connections(
            it -> it.write.given(data -> data.remaining() > MEGABYTE ? corrupted(data) : data));

    defect("10.14", "writes 1024 buffers at most")
        .connections(it ->
            it.writeLines.instead((correct, buffers) -> {
              correct.call(buffers.subList(0, Math.min(FEW, buffers.size())));
              correct.call(
                  buffers.stream()
                      .skip(FEW)
                      .map(rest -> ByteBuffer.allocate(rest.remaining()))
                      .toList());
            }));

    defect("10.15", "keeps buffers outside the heap")
        .also("10.26", "10.27")
        .connections(it -> BufferMemoryMutants.keepUntilTheNextTick(it, ByteBuffer::isDirect));

    defect("10.16", "leaves positions alone")
        .connections(it -> it.write.given(ByteBuffer::duplicate));

    defect("10.17", "refuses to write nothing")
        .connections(it ->
            it.write.refuse(
                data -> !data.hasRemaining(),
                data -> new IllegalArgumentException("nothing to write")));

    defect("10.18", "does not count writeLines")
        .connections(it -> {
          AtomicLong hidden = new AtomicLong();
          it.writeLines.instead((correct, buffers) -> {
            long before = it.correct().writeBufferSize();
            correct.call(buffers);
            hidden.addAndGet(it.correct().writeBufferSize() - before);
          });
          it.writeBufferSize.returns(size -> Math.max(0, size - hidden.get()));
        });

    defect("10.19", "closes instead of aborting")
        .connections(it -> {
          Flag aborted = it.abort.called();
          it.abort.instead((_, _) -> it.correct().close());
          it.writeBufferSize.returns(size -> aborted.isSet() ? 0 : size);
        });
  }

  private static ByteBuffer corrupted(ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    copy[MEGABYTE]++;
    return ByteBuffer.wrap(copy);
  }
}
