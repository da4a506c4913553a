package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketRequest;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapters 18 and 19 that concern buffers whose memory cannot be used. */
final class DatagramMemoryMutants {

  private DatagramMemoryMutants() {}

  /** How an endpoint sends otherwise. */
  @FunctionalInterface
  private interface Sending {
    void send(DatagramTransport real, ByteBuffer data, SocketAddress to);
  }

  private static DatagramTransport sending(DatagramTransport real, Sending otherwise) {
    return new ForwardingDatagrams(real) {
      @Override
      public void sendTo(ByteBuffer data, SocketAddress to) {
        otherwise.send(real, data, to);
      }
    };
  }

  /** Calls {@code errorReceived} for memory that was freed. */
  @Defect(breaks = "18.27")
  static final class TellsTheProtocol extends DatagramMutant {

    TellsTheProtocol(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport made, DatagramTransportRequest request) {
      return sending(
          made,
          (real, data, to) -> {
            try {
              real.sendTo(data, to);
            } catch (IllegalStateException freed) {
              request.protocol().errorReceived(new IOException(freed));
            }
          });
    }
  }

  /** Sends an empty datagram, whatever has become of the memory of its buffer. */
  @Defect(breaks = "18.27")
  static final class SendsEmptyDatagramsOfAnyMemory extends DatagramMutant {

    SendsEmptyDatagramsOfAnyMemory(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport made, DatagramTransportRequest request) {
      return sending(
          made,
          (real, data, to) -> real.sendTo(data.hasRemaining() ? data : ByteBuffer.allocate(0), to));
    }
  }

  /** Keeps the memory of what waits. */
  @Defect(breaks = "19.33")
  static final class KeepsTheMemoryOfWhatWaits extends UnixDatagramMutant {

    KeepsTheMemoryOfWhatWaits(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport made, DatagramTransportRequest request) {
      return sending(
          made,
          (real, data, to) -> {
            if (real.writeBufferSize() > 0 && data.isDirect()) {
              ByteBuffer kept = data.duplicate();
              data.position(data.limit());
              callSoon(() -> real.sendTo(kept, to), request.context());
            } else {
              real.sendTo(data, to);
            }
          });
    }
  }

  /** Drops what it cannot queue. */
  @Defect(breaks = "19.33")
  static final class DropsWhatItCannotQueue extends UnixDatagramMutant {

    DropsWhatItCannotQueue(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport made, DatagramTransportRequest request) {
      return sending(
          made,
          (real, data, to) -> {
            if (real.writeBufferSize() == 0 || BufferMemoryMutants.isUsable(data)) {
              real.sendTo(data, to);
            }
          });
    }
  }

  /** A loop whose sockets of datagrams send otherwise. */
  private abstract static class SendsDirectly extends UnixDatagramMutant {

    SendsDirectly(LoopContext context) {
      super(context);
    }

    abstract Alteration sending(AsyncDatagramSocket real);

    @Override
    protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
      AsyncDatagramSocket real = super.makeDatagramSocket(request);
      return Altered.of(AsyncDatagramSocket.class, real, "sendTo", sending(real));
    }
  }

  /** Sends a copy of what was to be sent when it was called. */
  @Defect(breaks = "19.34")
  static final class SendsACopy extends SendsDirectly {

    SendsACopy(LoopContext context) {
      super(context);
    }

    @Override
    Alteration sending(AsyncDatagramSocket real) {
      return args -> {
        ByteBuffer data = (ByteBuffer) args[0];
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
        real.sendTo(copy, (SocketAddress) args[1]);
        return null;
      };
    }
  }

  /** Sends nothing if the memory was freed while it waited, and says nothing. */
  @Defect(breaks = "19.34")
  static final class ForgetsWhatWasFreed extends SendsDirectly {

    ForgetsWhatWasFreed(LoopContext context) {
      super(context);
    }

    @Override
    Alteration sending(AsyncDatagramSocket real) {
      return args -> {
        try {
          real.sendTo((ByteBuffer) args[0], (SocketAddress) args[1]);
        } catch (IllegalStateException freed) {
          // That is the defect.
        }
        return null;
      };
    }
  }
}
