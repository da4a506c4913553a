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
        .connections(MemoryMutants::writeOneByOne);
    defect("10.26", "aborts at freed memory").connections(MemoryMutants::abortAtFreed);
    defect("10.27", "drops memory of other threads")
        .connections(it -> takeInsteadOf(it, WrongThreadException.class));
    defect("10.27", "leaves out memory of other threads")
        .connections(it ->
            it.writeLines.givenIf(
                buffers -> !buffers.isEmpty() && !isForeign(buffers.getFirst()),
                buffers -> buffers.stream().filter(buffer -> !isForeign(buffer)).toList()));
    defect("10.28 also .15", "keeps memory that waits")
        .connections(
            it -> keepUntilTheNextTick(it, data -> data.isDirect() && Buffers.isUsable(data)));
    defect("10.29", "writes what an aborted connection has left to the next one")
        .or("writes what the second aborted connection has left to the next one", Turn.nth(2))
        .loop(loop -> passLeftoversOn(loop, it -> it.write));
    defect("10.29", "goes on to send memory of an aborted connection when it is reused")
        .loop(loop -> sendReusedMemory(loop, Turn.always()));
    defect("10.29", "goes on to send memory of the second aborted connection when it is reused")
        .loop(loop -> sendReusedMemory(loop, Turn.from(2)));
    defect("10.30", "delivers what an aborted connection has received to the next one")
        .or("delivers what the second aborted connection has received to the next one", Turn.nth(2))
        .loop(loop -> passLeftoversOn(loop, it -> it.dataReceived));
    defect("10.30", "goes on to receive into memory of an aborted connection when it is reused")
        .loop(loop -> receiveIntoReusedMemory(loop, Turn.always()));
    defect("10.30", "goes on to receive into memory of the second aborted connection")
        .loop(loop -> receiveIntoReusedMemory(loop, Turn.from(2)));
    defect("11.37", "makes room itself")
        .connections(it ->
            it.getBuffer.returns(
                lent -> Buffers.isUsable(lent) ? lent : ByteBuffer.allocate(1_000)));
    defect("11.37", "ends in silence")
        .connections(it ->
            it.getBuffer.returns(lent -> {
              if (Buffers.isUsable(lent)) {
                return lent;
              }
              it.correct().abort();
              return ByteBuffer.allocate(1_000);
            }));
    defect("11.38", "clears lent memory afterwards")
        .connections(it -> {
          List<ByteBuffer> lent = it.getBuffer.results();
          it.bufferUpdated.after(
              count -> lent.getLast().put(lent.getLast().position(), new byte[count]));
        });
    defect("11.38", "clears lent memory before the next")
        .connections(it -> {
          ByteBuffer[] last = {ByteBuffer.allocate(1)};
          it.getBuffer.before(_ -> last[0].put(last[0].position(), (byte) 0));
          it.getBuffer.withResult(lent -> last[0] = lent);
        });
  }

  private static boolean isForeign(ByteBuffer buffer) {
    return !MemorySegment.ofBuffer(buffer).isAccessibleBy(Thread.currentThread());
  }

  /** Consumes data that are refused. */
  public static void takeInsteadOf(ConnectionSeams it, Class<? extends RuntimeException> refusal) {
    it.write.catching(refusal, (_, data) -> Buffers.take(data));
  }

  /** Writes what can be written. */
  public static void writeOneByOne(ConnectionSeams it) {
    it.writeLines.instead(buffers -> buffers.forEach(it.correct()::write));
  }

  /** Aborts a connection for a buffer whose memory was freed. */
  public static void abortAtFreed(ConnectionSeams it) {
    it.write.onFailure(IllegalStateException.class, (_, _) -> it.correct().abort());
  }

  /** Keeps some buffers instead of copying them, if there is something to write already. */
  static void keepUntilTheNextTick(ConnectionSeams it, Predicate<ByteBuffer> isKept) {
    it.write.insteadIf(
        data -> isKept.test(data) && it.correct().writeBufferSize() > 0,
        (correct, data) -> it.loop().callSoon(correct.later(Buffers.taken(data))));
  }

  /** Replaces the next data after some aborts by as many zeros. */
  private static void passLeftoversOn(
      MutantLoop loop, Function<ConnectionSeams, Seam<ByteBuffer, Void>> to) {
    Flag left = new Flag();
    loop.connections(it -> {
      it.abort.before(_ -> left.put(loop.turn().comes()));
      to.apply(it)
          .givenIf(_ -> left.take(), data -> ByteBuffer.allocate(Buffers.taken(data).remaining()));
    });
  }

  /** Does not abort what the system holds up, and ends it with what is written next elsewhere. */
  private static void sendReusedMemory(MutantLoop loop, Turn due) {
    Queue<Transport> heldUp = new ArrayDeque<>();
    loop.connections(it -> {
      Flag justWritten = loop.ofThisTick();
      it.abort.insteadIf(
          _ -> it.correct().writeBufferSize() > 0 && !justWritten.isSet() && due.comes(),
          _ -> heldUp.add(it.correct()));
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
      it.abort.before(_ -> pending.put(!busy.isSet() && due.comes()));
      it.dataReceived.given(data -> {
        busy.set();
        return reused.take() ? ByteBuffer.allocate(Buffers.taken(data).remaining()) : data;
      });
    });
  }
}
