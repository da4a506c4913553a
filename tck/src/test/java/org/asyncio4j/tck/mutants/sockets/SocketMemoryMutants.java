package org.asyncio4j.tck.mutants.sockets;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.asyncio4j.tck.mutants.harness.DatagramSocketSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Seam;
import org.asyncio4j.tck.mutants.harness.SocketSeams;
import org.asyncio4j.tck.mutants.transports.BufferMemoryMutants;

/** Chapter 20: buffers whose memory cannot be used. */
public final class SocketMemoryMutants extends Defects {

  public SocketMemoryMutants() {
    streams();
    datagrams();

    defect("20.62", "notices late that a buffer is read-only")
        .sockets(it -> receiveIntoItsOwn(it.receive, ByteBuffer::isReadOnly));

    defect("20.62", "drops what arrives for a read-only buffer")
        .sockets(it -> it.receive.unless(target -> target.isReadOnly() && target.isDirect()));
  }

  private void streams() {
    defect("20.57", "sends nothing of memory that cannot be used")
        .sockets(it -> it.sendAll.onlyIf(BufferMemoryMutants::isUsable));

    defect("20.57", "overlooks memory without bytes")
        .sockets(it -> it.receive.onlyIf(ByteBuffer::hasRemaining));

    defect("20.58", "receives into memory of its own")
        .sockets(it -> receiveIntoItsOwn(it.receive, SocketMemoryMutants::isUsable));

    defect("20.59", "sends a copy")
        .also("20.16")
        .sockets(it -> it.sendAll.given(data -> isUsable(data) ? copyOf(data) : data));

    defect("20.59", "moves the position at the end")
        .also("20.16")
        .sockets(SocketMemoryMutants::movePositionsAtTheEnd);
  }

  private static boolean isUsable(ByteBuffer buffer) {
    return !buffer.isReadOnly() && BufferMemoryMutants.isUsable(buffer);
  }

  private static ByteBuffer copyOf(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  /** Moves the position when all is sent. */
  static void movePositionsAtTheEnd(SocketSeams it) {
    it.sendAll.instead((correct, data) -> {
      correct.call(data.duplicate());
      data.position(data.limit());
    });
  }

  /** Receives into memory of its own and copies that: what cannot be copied is lost. */
  private static <R> void receiveIntoItsOwn(
      Seam<ByteBuffer, R> receive, Predicate<ByteBuffer> isConcerned) {
    receive.around((correct, target) -> {
      if (!isConcerned.test(target)) {
        return correct.call(target);
      }
      ByteBuffer own = ByteBuffer.allocate(target.remaining());
      R result = correct.call(own);
      target.put(own.flip());
      return result;
    });
  }

  private void datagrams() {
    defect("20.60", "sends an empty datagram of memory that cannot be used")
        .datagramSockets(it ->
            it.sendTo.given(sending ->
                BufferMemoryMutants.isUsable(sending.data())
                    ? sending
                    : sending.of(ByteBuffer.allocate(0))));

    defect("20.60", "closes at memory that cannot be used")
        .datagramSockets(SocketMemoryMutants::closeAtForeignMemory);

    defect("20.61", "receives datagrams into memory of its own")
        .datagramSockets(it -> receiveIntoItsOwn(it.receiveFrom, SocketMemoryMutants::isUsable));
  }

  private static void closeAtForeignMemory(DatagramSocketSeams it) {
    it.receiveFrom.onFailure(WrongThreadException.class, _ -> it.correct().close());
  }
}
