package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 20 that concern buffers whose memory cannot be used. */
final class SocketMemoryMutants {

  private SocketMemoryMutants() {}

  private static boolean isUsable(ByteBuffer buffer) {
    return !buffer.isReadOnly() && BufferMemoryMutants.isUsable(buffer);
  }

  private interface Receiving<T> {
    T into(ByteBuffer target) throws IOException;
  }

  /** Receives into memory of its own and copies that: what cannot be copied is lost. */
  private static <T> T copied(ByteBuffer target, Receiving<T> receiving) throws IOException {
    ByteBuffer own = ByteBuffer.allocate(target.remaining());
    T result = receiving.into(own);
    target.put(own.flip());
    return result;
  }

  private static ByteBuffer copyOf(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  /** Takes memory that cannot be used for nothing to send. */
  @Defect(breaks = "20.57")
  static final class SendsNothing extends SocketMutant {

    SendsNothing(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "sendAll",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            if (BufferMemoryMutants.isUsable(data)) {
              real.sendAll(data);
            }
            return null;
          });
    }
  }

  /** Looks at memory only if there are bytes. */
  @Defect(breaks = "20.57")
  static final class OverlooksMemoryWithoutBytes extends SocketMutant {

    OverlooksMemoryWithoutBytes(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            return target.hasRemaining() ? real.receive(target) : 0;
          });
    }
  }

  /** Receives into memory of its own. */
  @Defect(breaks = "20.58")
  static final class ReceivesIntoItsOwn extends SocketMutant {

    ReceivesIntoItsOwn(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            return isUsable(target) ? copied(target, real::receive) : real.receive(target);
          });
    }
  }

  /** Sends a copy. */
  @Defect(breaks = "20.59", also = "20.16")
  static final class SendsACopy extends SocketMutant {

    SendsACopy(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "sendAll",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            real.sendAll(isUsable(data) ? copyOf(data) : data);
            return null;
          });
    }
  }

  /** Moves the position when all is sent, not if the memory is freed before. */
  @Defect(breaks = "20.59", also = "20.16")
  static final class MovesThePositionAtTheEnd extends SocketMutant {

    MovesThePositionAtTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "sendAll",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            real.sendAll(data.duplicate());
            data.position(data.limit());
            return null;
          });
    }
  }

  /** Sends a datagram without a byte instead of one that it cannot read. */
  @Defect(breaks = "20.60")
  static final class SendsAnEmptyDatagram extends SocketMutant {

    SendsAnEmptyDatagram(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "sendTo",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            boolean usable = BufferMemoryMutants.isUsable(data);
            real.sendTo(usable ? data : ByteBuffer.allocate(0), (SocketAddress) args[1]);
            return null;
          });
    }
  }

  /** Closes when it is asked to receive into memory that cannot be used. */
  @Defect(breaks = "20.60")
  static final class ClosesAtUnusableMemory extends SocketMutant {

    ClosesAtUnusableMemory(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "receiveFrom",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            try {
              return real.receiveFrom(target);
            } catch (WrongThreadException foreign) {
              real.close();
              throw foreign;
            }
          });
    }
  }

  /** Receives datagrams into memory of its own. */
  @Defect(breaks = "20.61")
  static final class ReceivesDatagramsIntoItsOwn extends SocketMutant {

    ReceivesDatagramsIntoItsOwn(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "receiveFrom",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            return isUsable(target) ? copied(target, real::receiveFrom) : real.receiveFrom(target);
          });
    }
  }

  /** Finds out that a buffer is read-only when something has arrived. */
  @Defect(breaks = "20.62")
  static final class NoticesReadOnlyLate extends SocketMutant {

    NoticesReadOnlyLate(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            return target.isReadOnly() ? copied(target, real::receive) : real.receive(target);
          });
    }
  }

  /** Takes what a buffer of the heap that is read-only would have got. */
  @Defect(breaks = "20.62")
  static final class DropsWhatIsReadOnly extends SocketMutant {

    DropsWhatIsReadOnly(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            return target.isReadOnly() && target.isDirect() ? 0 : real.receive(target);
          });
    }
  }
}
