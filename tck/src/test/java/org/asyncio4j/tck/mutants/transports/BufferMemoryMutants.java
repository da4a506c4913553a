package org.asyncio4j.tck.mutants.transports;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 10: buffers whose memory cannot be used. */
public final class BufferMemoryMutants extends Defects {

  public BufferMemoryMutants() {
    defect("10.26", "drops freed memory")
        .connections(it -> takeInsteadOf(it, IllegalStateException.class));

    defect("10.26", "writes what comes before freed memory")
        .also("10.27")
        .connections(
            it -> it.writeLines.instead((_, buffers) -> buffers.forEach(it.correct()::write)));

    defect("10.26", "aborts at freed memory").connections(BufferMemoryMutants::abortAtFreed);

    defect("10.27", "drops memory of other threads")
        .connections(it -> takeInsteadOf(it, WrongThreadException.class));

    defect("10.27", "leaves out memory of other threads")
        .connections(it ->
            it.writeLines.given(buffers ->
                buffers.isEmpty() || isForeign(buffers.getFirst())
                    ? buffers
                    : buffers.stream().filter(buffer -> !isForeign(buffer)).toList()));

    defect("10.28", "keeps memory that waits")
        .also("10.15")
        .connections(it -> keepUntilTheNextTick(it, data -> data.isDirect() && isUsable(data)));
  }

  /** {@return whether the memory of a buffer can be used here} */
  public static boolean isUsable(ByteBuffer buffer) {
    MemorySegment memory = MemorySegment.ofBuffer(buffer);
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  private static boolean isForeign(ByteBuffer buffer) {
    return !MemorySegment.ofBuffer(buffer).isAccessibleBy(Thread.currentThread());
  }

  /** Takes data for written that are refused. */
  public static void takeInsteadOf(ConnectionSeams it, Class<? extends RuntimeException> refusal) {
    it.write.instead((correct, data) -> {
      try {
        correct.call(data);
      } catch (RuntimeException refused) {
        if (!refusal.isInstance(refused)) {
          throw refused;
        }
        data.position(data.limit());
      }
    });
  }

  /** Aborts a connection for a buffer whose memory was freed. */
  public static void abortAtFreed(ConnectionSeams it) {
    it.write.onFailure(IllegalStateException.class, _ -> it.correct().abort());
  }

  /** Keeps some buffers instead of copying them, if there is something to write already. */
  static void keepUntilTheNextTick(ConnectionSeams it, Predicate<ByteBuffer> isKept) {
    it.write.instead((correct, data) -> {
      if (isKept.test(data) && it.correct().writeBufferSize() > 0) {
        ByteBuffer kept = data.duplicate();
        data.position(data.limit());
        it.loop().callSoon(correct.later(kept));
      } else {
        correct.call(data);
      }
    });
  }
}
