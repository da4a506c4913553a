package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketRequest;
import org.asyncio4j.sync.AsyncLock;

/** Defects of chapter 19 that concern how Unix datagrams travel. */
final class UnixDatagramMutants {

  private UnixDatagramMutants() {}

  /** Has room for what UDP can send, and no more. */
  @Defect(breaks = "19.17")
  static final class CutsUnixDatagrams extends UnixDatagramMutant {

    CutsUnixDatagrams(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void datagramReceived(ByteBuffer data, SocketAddress from) {
          data.limit(Math.min(data.limit(), data.position() + 65_536));
          application.datagramReceived(data, from);
        }
      };
    }
  }

  /** Drops what comes from nowhere. */
  @Defect(
      breaks = "19.18",
      also = {"19.22", "19.24", "19.26", "19.29", "19.30", "19.31", "19.32", "19.19"})
  static final class DropsTheUnnamed extends UnixDatagramMutant {

    DropsTheUnnamed(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void datagramReceived(ByteBuffer data, SocketAddress from) {
          if (!from.equals(UnixDomainSocketAddress.of(""))) {
            application.datagramReceived(data, from);
          }
        }
      };
    }
  }

  /** Is not told that a connected receiver has read. */
  @Defect(breaks = "19.24")
  static final class ForgetsToResume extends UnixDatagramMutant {

    ForgetsToResume(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void resumeWriting() {
          if (request.peer().isEmpty()) {
            application.resumeWriting();
          }
        }
      };
    }
  }

  /** Sends the first datagram that a connected receiver held up a second time. */
  @Defect(
      breaks = "19.24",
      also = {"19.29"})
  static final class RepeatsWhatWasHeldUp extends UnixDatagramMutant {

    RepeatsWhatWasHeldUp(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          boolean behind = real.writeBufferSize() > 0;
          ByteBuffer again = data.duplicate();
          real.sendTo(data, to);
          if (request.peer().isPresent() && !behind && real.writeBufferSize() > 0) {
            real.sendTo(again, to);
          }
        }
      };
    }
  }

  /** Queues one datagram for a receiver that is behind, and drops the next. */
  @Defect(
      breaks = "19.24",
      also = {"19.25", "19.29"})
  static final class QueuesOneDatagram extends UnixDatagramMutant {

    QueuesOneDatagram(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          if (real.writeBufferSize() == 0) {
            real.sendTo(data, to);
          } else {
            data.position(data.limit());
          }
        }
      };
    }
  }

  /** Tries again and again. */
  @Defect(breaks = "19.25")
  static final class SpinsWhileAReceiverIsBehind extends UnixDatagramMutant {

    SpinsWhileAReceiverIsBehind(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          real.sendTo(data, to);
          if (to != null) {
            spin(real);
          }
        }
      };
    }

    private void spin(DatagramTransport transport) {
      if (transport.writeBufferSize() > 0) {
        callSoon(() -> spin(transport));
      }
    }
  }

  /** Ends with its receiver. */
  @Defect(breaks = "19.26")
  static final class DiesWithItsReceiver extends UnixDatagramMutant {

    DiesWithItsReceiver(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        private DatagramTransport made;

        @Override
        public void connectionMade(DatagramTransport transport) {
          made = transport;
          application.connectionMade(transport);
        }

        @Override
        public void errorReceived(IOException failure) {
          application.errorReceived(failure);
          made.abort();
        }
      };
    }
  }

  /** Drops what is queued when it is closed. */
  @Defect(breaks = "19.29")
  static final class AbortsOnClose extends UnixDatagramMutant {

    AbortsOnClose(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void close() {
          real.abort();
        }
      };
    }
  }

  /** Takes datagrams before the system does, and sends them one after the other. */
  @Defect(breaks = "19.31")
  static final class TakesDatagramsAhead extends UnixDatagramMutant {

    TakesDatagramsAhead(LoopContext context) {
      super(context);
    }

    @Override
    protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
      AsyncDatagramSocket real = super.makeDatagramSocket(request);
      AsyncLock sending = new AsyncLock();
      return Altered.of(
          AsyncDatagramSocket.class,
          real,
          "sendTo",
          args ->
              SocketWaitMutants.ahead(
                  this,
                  () -> {
                    try (var held = sending.hold()) {
                      real.sendTo((ByteBuffer) args[0], (SocketAddress) args[1]);
                      return this;
                    }
                  }));
    }
  }

  /** Drops the datagrams of a socket for direct use that the system does not take. */
  @Defect(breaks = "19.31")
  static final class DropsWhatTheSystemDoesNotTake extends UnixDatagramMutant {

    DropsWhatTheSystemDoesNotTake(LoopContext context) {
      super(context);
    }

    @Override
    protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
      AsyncDatagramSocket real = super.makeDatagramSocket(request);
      return Altered.of(
          AsyncDatagramSocket.class,
          real,
          "sendTo",
          args -> {
            Task<Object> trying =
                createTask(() -> {
                  real.sendTo((ByteBuffer) args[0], (SocketAddress) args[1]);
                  return this;
                });
            Awaiter.yieldOnce();
            Awaiter.yieldOnce();
            if (trying.cancel()) {
              Awaiter.yieldOnce();
              return null;
            }
            return trying.awaitThrowing(IOException.class);
          });
    }
  }

  /** Drops what it cannot send. */
  @Defect(breaks = "19.32")
  static final class DropsWhatItCannotSend extends UnixDatagramMutant {

    DropsWhatItCannotSend(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          try {
            real.sendTo(data, to);
          } catch (IllegalArgumentException refused) {
            data.position(data.limit());
          }
        }
      };
    }
  }
}
