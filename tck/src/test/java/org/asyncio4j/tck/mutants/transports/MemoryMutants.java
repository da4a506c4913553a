package org.asyncio4j.tck.mutants.transports;

import module java.base;

import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 10: the memory of transports and protocols. */
public final class MemoryMutants extends Defects {

  public MemoryMutants() {
    defect("10.26", "drops freed memory")
        .connections(it -> takeInsteadOf(it, IllegalStateException.class));
    defect("10.26 also .27", "writes what comes before freed memory")
        .connections(
            it -> it.writeLines.instead((_, buffers) -> buffers.forEach(it.correct()::write)));
    defect("10.26", "aborts at freed memory").connections(MemoryMutants::abortAtFreed);
    defect("10.27", "drops memory of other threads")
        .connections(it -> takeInsteadOf(it, WrongThreadException.class));
    defect("10.27", "leaves out memory of other threads")
        .connections(it ->
            it.writeLines.given(buffers ->
                buffers.isEmpty() || isForeign(buffers.getFirst())
                    ? buffers
                    : buffers.stream().filter(buffer -> !isForeign(buffer)).toList()));
    defect("10.28 also .15", "keeps memory that waits")
        .connections(it -> keepUntilTheNextTick(it, data -> data.isDirect() && isUsable(data)));
    defect("10.29", "writes what an aborted connection has left to the next one")
        .loop(loop -> writeLeftovers(loop, Turn.always()));
    defect("10.29", "writes what the second aborted connection has left to the next one")
        .loop(loop -> writeLeftovers(loop, Turn.nth(2)));
    defect("10.29", "goes on to send memory of an aborted connection when it is reused")
        .loop(loop -> sendReusedMemory(loop, Turn.always()));
    defect("10.29", "goes on to send memory of the second aborted connection when it is reused")
        .loop(loop -> sendReusedMemory(loop, Turn.from(2)));
    defect("10.30", "delivers what an aborted connection has received to the next one")
        .loop(loop -> deliverLeftovers(loop, Turn.always()));
    defect("10.30", "delivers what the second aborted connection has received to the next one")
        .loop(loop -> deliverLeftovers(loop, Turn.nth(2)));
    defect("10.30", "goes on to receive into memory of an aborted connection when it is reused")
        .loop(loop -> receiveIntoReusedMemory(loop, Turn.always()));
    defect("10.30", "goes on to receive into memory of the second aborted connection")
        .loop(loop -> receiveIntoReusedMemory(loop, Turn.from(2)));
    defect("11.37", "makes room itself")
        .connections(
            it -> it.getBuffer.returns(lent -> isUsable(lent) ? lent : ByteBuffer.allocate(1_000)));
    defect("11.37", "ends in silence")
        .connections(it ->
            it.getBuffer.returns(lent -> {
              if (isUsable(lent)) {
                return lent;
              }
              it.correct().abort();
              return ByteBuffer.allocate(1_000);
            }));
    defect("11.38", "clears lent memory afterwards")
        .connections(it -> {
          ByteBuffer[] last = new ByteBuffer[1];
          it.getBuffer.returns(lent -> last[0] = lent);
          it.bufferUpdated.after(count -> last[0].put(last[0].position(), new byte[count]));
        });
    defect("11.38", "clears lent memory before the next")
        .connections(it -> {
          ByteBuffer[] last = {ByteBuffer.allocate(1)};
          it.getBuffer.before(() -> last[0].put(last[0].position(), (byte) 0));
          it.getBuffer.returns(lent -> last[0] = lent);
        });
  }

  /** {@return whether the memory of a buffer can be used here} */
  public static boolean isUsable(ByteBuffer buffer) {
    MemorySegment memory = MemorySegment.ofBuffer(buffer);
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  private static boolean isForeign(ByteBuffer buffer) {
    return !MemorySegment.ofBuffer(buffer).isAccessibleBy(Thread.currentThread());
  }

  /** Consumes data that are refused. */
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
    it.write.insteadIf(
        data -> isKept.test(data) && it.correct().writeBufferSize() > 0,
        (correct, data) -> {
          ByteBuffer kept = data.duplicate();
          data.position(data.limit());
          it.loop().callSoon(correct.later(kept));
        });
  }

  private static void writeLeftovers(MutantLoop loop, Turn due) {
    Flag left = new Flag();
    loop.connections(it -> {
      it.abort.before(() -> left.put(due.comes()));
      it.write.given(data -> left.take() ? leftovers(data) : data);
    });
  }

  private static void deliverLeftovers(MutantLoop loop, Turn due) {
    Flag left = new Flag();
    loop.connections(it -> {
      it.abort.before(() -> left.put(due.comes()));
      it.dataReceived.given(data -> left.take() ? leftovers(data) : data);
    });
  }

  /** Does not abort what the system holds up, and ends it with what is written next elsewhere. */
  private static void sendReusedMemory(MutantLoop loop, Turn due) {
    Queue<Transport> heldUp = new ArrayDeque<>();
    loop.connections(it -> {
      Flag justWritten = loop.ofThisTick();
      it.abort.insteadIf(
          () -> it.correct().writeBufferSize() > 0 && !justWritten.isSet() && due.comes(),
          () -> heldUp.add(it.correct()));
      it.write.before(data -> {
        justWritten.set();
        for (Transport aborted = heldUp.poll(); aborted != null; aborted = heldUp.poll()) {
          aborted.write(data.duplicate());
          aborted.close();
        }
      });
    });
  }

  /** Spoils what the connection receives first that was made after an idle one was aborted. */
  private static void receiveIntoReusedMemory(MutantLoop loop, Turn due) {
    Flag pending = new Flag();
    loop.connections(it -> {
      Flag busy = loop.ofThisTick();
      Flag reused = new Flag();
      reused.put(pending.take());
      it.abort.before(() -> pending.put(!busy.isSet() && due.comes()));
      it.dataReceived.given(data -> {
        busy.set();
        return reused.take() ? leftovers(data) : data;
      });
    });
  }

  private static ByteBuffer leftovers(ByteBuffer data) {
    ByteBuffer others = ByteBuffer.allocate(data.remaining());
    data.position(data.limit());
    return others;
  }
}
