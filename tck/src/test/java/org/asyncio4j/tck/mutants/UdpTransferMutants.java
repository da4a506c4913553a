package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.ConnectDatagramRequest;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.OpenDatagramRequest;
import org.asyncio4j.spi.SocketHandle;

/** Defects of chapter 18 that concern how datagrams travel, and errors. */
final class UdpTransferMutants {

  private UdpTransferMutants() {}

  /** Changes what protocols are handed. */
  private abstract static class Receiving extends DatagramMutant {

    Receiving(LoopContext context) {
      super(context);
    }

    abstract void receive(DatagramProtocol protocol, ByteBuffer data, SocketAddress from);

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void datagramReceived(ByteBuffer data, SocketAddress from) {
          receive(application, data, from);
        }
      };
    }
  }

  /** Changes what is sent. */
  private abstract static class Sending extends DatagramMutant {

    Sending(LoopContext context) {
      super(context);
    }

    abstract void send(
        DatagramTransport real,
        DatagramTransportRequest request,
        ByteBuffer data,
        SocketAddress to);

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          send(real, request, data, to);
        }
      };
    }
  }

  /** Mistakes the port of the sender. */
  @Defect(breaks = "18.12", also = "18.20")
  static final class TellsAnotherSender extends Receiving {

    TellsAnotherSender(LoopContext context) {
      super(context);
    }

    @Override
    void receive(DatagramProtocol protocol, ByteBuffer data, SocketAddress from) {
      InetSocketAddress sender = (InetSocketAddress) from;
      protocol.datagramReceived(data, new InetSocketAddress(sender.getAddress(), 9));
    }
  }

  /** Hands over in pieces. */
  @Defect(breaks = "18.13", also = "18.15")
  static final class SplitsDatagrams extends Receiving {

    SplitsDatagrams(LoopContext context) {
      super(context);
    }

    @Override
    void receive(DatagramProtocol protocol, ByteBuffer data, SocketAddress from) {
      int half = data.remaining() / 2;
      if (half < 50) {
        protocol.datagramReceived(data, from);
      } else {
        protocol.datagramReceived(data.slice(data.position(), half), from);
        protocol.datagramReceived(data.position(data.position() + half), from);
      }
    }
  }

  /** Takes an empty datagram for nothing. */
  @Defect(breaks = "18.14")
  static final class SkipsEmptyDatagrams extends Receiving {

    SkipsEmptyDatagrams(LoopContext context) {
      super(context);
    }

    @Override
    void receive(DatagramProtocol protocol, ByteBuffer data, SocketAddress from) {
      if (data.hasRemaining()) {
        protocol.datagramReceived(data, from);
      }
    }
  }

  /** Has too little room. */
  @Defect(breaks = "18.15")
  static final class CutsLongDatagrams extends Receiving {

    CutsLongDatagrams(LoopContext context) {
      super(context);
    }

    @Override
    void receive(DatagramProtocol protocol, ByteBuffer data, SocketAddress from) {
      data.limit(Math.min(data.limit(), data.position() + 32 * 1024));
      protocol.datagramReceived(data, from);
    }
  }

  /** Sends the buffer of the caller later. */
  @Defect(breaks = "18.16", also = "18.25")
  static final class SendsLater extends Sending {

    SendsLater(LoopContext context) {
      super(context);
    }

    @Override
    void send(
        DatagramTransport real,
        DatagramTransportRequest request,
        ByteBuffer data,
        SocketAddress to) {
      if (request.peer().isPresent() || to == null) {
        real.sendTo(data, to);
      } else {
        ByteBuffer same = data.duplicate();
        data.position(data.limit());
        callSoon(() -> real.sendTo(same, to), request.context());
      }
    }
  }

  /** Hears everybody. */
  @Defect(breaks = "18.17", also = "18.24")
  static final class DoesNotConnect extends DatagramMutant {

    DoesNotConnect(LoopContext context) {
      super(context);
    }

    @Override
    protected void connectDatagram(ConnectDatagramRequest request) {
      // The transport sends to the peer all the same.
    }
  }

  /** Sends to its remote address whatever it is asked. */
  @Defect(breaks = "18.18")
  static final class IgnoresOtherAddresses extends Sending {

    IgnoresOtherAddresses(LoopContext context) {
      super(context);
    }

    @Override
    void send(
        DatagramTransport real,
        DatagramTransportRequest request,
        ByteBuffer data,
        SocketAddress to) {
      real.sendTo(data, request.peer().isPresent() ? null : to);
    }
  }

  /** Drops what can go nowhere. */
  @Defect(breaks = "18.19")
  static final class DropsWhatHasNoAddress extends Sending {

    DropsWhatHasNoAddress(LoopContext context) {
      super(context);
    }

    @Override
    void send(
        DatagramTransport real,
        DatagramTransportRequest request,
        ByteBuffer data,
        SocketAddress to) {
      if (request.peer().isPresent() || to != null) {
        real.sendTo(data, to);
      }
    }
  }

  /** Knows IPv4 only. */
  @Defect(breaks = "18.20")
  static final class KnowsIpv4Only extends DatagramMutant {

    KnowsIpv4Only(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
      if (request.family() == StandardProtocolFamily.INET6) {
        throw new SocketException("not supported");
      }
      return super.openDatagram(request);
    }
  }

  /** Reads on. */
  @Defect(breaks = "18.21")
  static final class DoesNotPause extends DatagramMutant {

    DoesNotPause(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void pauseReading() {
          // It goes on.
        }
      };
    }
  }

  /** Does not take the headers back. */
  @Defect(breaks = "18.22")
  static final class LeavesHeadersBehind extends DatagramMutant {

    LeavesHeadersBehind(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        private long headers;

        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          headers += 8;
          super.sendTo(data, to);
        }

        @Override
        public long writeBufferSize() {
          return headers + super.writeBufferSize();
        }
      };
    }
  }

  /** Joins no group. */
  @Defect(breaks = "18.23")
  static final class JoinsNoGroup extends DatagramMutant {

    JoinsNoGroup(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void joinGroup(InetAddress group, NetworkInterface on) {
          // Nobody will notice.
        }
      };
    }
  }

  /** Does not tell that nobody is there. */
  @Defect(breaks = "18.24")
  static final class SwallowsUnreachablePorts extends DatagramMutant {

    SwallowsUnreachablePorts(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void errorReceived(IOException failure) {
          if (!(failure instanceof PortUnreachableException)) {
            super.errorReceived(failure);
          }
        }
      };
    }
  }

  /** Tells of what was refused when it has time. */
  @Defect(breaks = "18.25")
  static final class TellsOfRefusalsLater extends DatagramMutant {

    TellsOfRefusalsLater(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void errorReceived(IOException failure) {
          callSoon(() -> super.errorReceived(failure), request.context());
        }
      };
    }
  }

  /** Gives up after an exception of the protocol. */
  @Defect(breaks = "18.26")
  static final class EndsWhenTheProtocolThrows extends DatagramMutant {

    EndsWhenTheProtocolThrows(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        private DatagramTransport transport;

        @Override
        public void connectionMade(DatagramTransport made) {
          transport = made;
          super.connectionMade(made);
        }

        @Override
        public void datagramReceived(ByteBuffer data, SocketAddress from) {
          try {
            super.datagramReceived(data, from);
          } catch (RuntimeException thrown) {
            callExceptionHandler(ErrorReport.of("protocol has failed").withException(thrown));
            transport.abort();
          }
        }
      };
    }
  }
}
