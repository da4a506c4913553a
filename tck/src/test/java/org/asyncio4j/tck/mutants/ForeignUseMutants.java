package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.LoopsHere;
import org.asyncio4j.spi.WatchRequest;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 3: datagrams, sockets, locks and queues that accept foreign threads. */
final class ForeignUseMutants {

  private ForeignUseMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("3.31", "lets all threads ask for options", LetsAskForOptions::new),
        new ConnectionMutant("3.31", "refuses to set an option once", LetsSetOptionsAgain::new),
        new ConnectionMutant("3.31", "lets other loops set options", LetsOthersSetOptions::new));
  }

  /** Swallows refusals where another loop runs. */
  private static Alteration lenientlyElsewhere(Alteration call) {
    return args -> {
      try {
        return call.call(args);
      } catch (WrongThreadException refusal) {
        if (!CorrectLoop.onLoop()) {
          throw refusal;
        }
        return null;
      }
    };
  }

  /** Swallows refusals after the first few. */
  private static Alteration leniently(int refusals, Alteration call) {
    int[] refused = {0};
    return args -> {
      try {
        return call.call(args);
      } catch (WrongThreadException refusal) {
        if (++refused[0] <= refusals) {
          throw refusal;
        }
        return null;
      }
    };
  }

  private abstract static class OtherSocket extends Tampering {

    abstract Map<String, Alteration> alterations(TransportSocket real);

    @Override
    public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
      Optional<T> correct = super.extraInfo(key);
      if (key != ExtraInfo.SOCKET) {
        return correct;
      }
      TransportSocket real = (TransportSocket) correct.orElseThrow();
      return Optional.of(
          key.type().cast(Altered.of(TransportSocket.class, real, alterations(real))));
    }
  }

  private static final class LetsAskForOptions extends OtherSocket {

    @Override
    Map<String, Alteration> alterations(TransportSocket real) {
      return Map.of("option", args -> args.length);
    }
  }

  private static final class LetsSetOptionsAgain extends OtherSocket {

    @Override
    @SuppressWarnings("unchecked") // the only option that is set is one of integers
    Map<String, Alteration> alterations(TransportSocket real) {
      return Map.of(
          "setOption",
          leniently(
              1,
              args -> {
                real.setOption((SocketOption<Integer>) args[0], (Integer) args[1]);
                return null;
              }));
    }
  }

  private static final class LetsOthersSetOptions extends OtherSocket {

    @Override
    @SuppressWarnings("unchecked") // the only option that is set is one of integers
    Map<String, Alteration> alterations(TransportSocket real) {
      return Map.of(
          "setOption",
          lenientlyElsewhere(args -> {
            real.setOption((SocketOption<Integer>) args[0], (Integer) args[1]);
            return null;
          }));
    }
  }

  /** Sockets of servers take options from any thread. */
  @Defect(breaks = "3.31")
  static final class LetsSetOptionsOfServers extends NetworkMutant {

    LetsSetOptionsOfServers(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public List<TransportSocket> sockets() {
          return super.sockets().stream()
              .map(real -> Altered.of(TransportSocket.class, real, "setOption", args -> null))
              .toList();
        }
      };
    }
  }

  /** Sends for any thread. */
  @Defect(breaks = "3.24")
  static final class SendsForAnyThread extends DatagramMutant {

    SendsForAnyThread(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void sendTo(ByteBuffer data, SocketAddress to) {
          try {
            super.sendTo(data, to);
          } catch (WrongThreadException accepted) {
            data.position(data.limit());
          }
        }
      };
    }
  }

  /** Closes for foreign threads that insist. */
  @Defect(breaks = "3.24")
  static final class ClosesForThoseWhoInsist extends DatagramMutant {

    ClosesForThoseWhoInsist(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        private int refusals;

        @Override
        public void abort() {
          try {
            super.abort();
          } catch (WrongThreadException refused) {
            if (++refusals == 1) {
              throw refused;
            }
          }
        }
      };
    }
  }

  /** Pauses for other loops. */
  @Defect(breaks = "3.24")
  static final class PausesForOtherLoops extends DatagramMutant {

    PausesForOtherLoops(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void pauseReading() {
          try {
            super.pauseReading();
          } catch (WrongThreadException refused) {
            if (!CorrectLoop.onLoop()) {
              throw refused;
            }
          }
        }
      };
    }
  }

  /** Stays open once it has refused a foreign thread. */
  @Defect(breaks = "3.24")
  static final class StaysOpenOnceItHasRefused extends DatagramMutant {

    StaysOpenOnceItHasRefused(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        private boolean refused;

        @Override
        public void close() {
          try {
            if (refused) {
              LoopsHere.ensureOwner(StaysOpenOnceItHasRefused.this, "close");
            } else {
              super.close();
            }
          } catch (WrongThreadException foreign) {
            refused = true;
            throw foreign;
          }
        }
      };
    }
  }

  /** Closes sockets for other loops. */
  @Defect(breaks = "3.26")
  static final class ClosesSocketsForOtherLoops extends SocketMutant {

    ClosesSocketsForOtherLoops(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofServer(AsyncServerSocket real) {
      return Map.of(
          "close",
          lenientlyElsewhere(args -> {
            real.close();
            return null;
          }));
    }
  }

  /** Lets other loops remove a reader. */
  @Defect(breaks = "3.30")
  static final class LetsOtherLoopsRemoveReaders extends SocketMutant {

    LetsOtherLoopsRemoveReaders(LoopContext context) {
      super(context);
    }

    @Override
    public boolean removeReader(Watchable what) {
      try {
        return super.removeReader(what);
      } catch (WrongThreadException refused) {
        if (!CorrectLoop.onLoop()) {
          throw refused;
        }
        return false;
      }
    }
  }

  /** Seems idle to events that are used on another loop. */
  @Defect(breaks = "3.27")
  static final class RestsForEventsElsewhere extends NetworkMutant {

    RestsForEventsElsewhere(LoopContext context) {
      super(context);
    }

    @Override
    public boolean isRunning() {
      return super.isRunning() && !(CorrectLoop.onLoop() && isAskedBy("AsyncEvent"));
    }
  }

  /** Closes sockets for any thread. */
  @Defect(breaks = "3.26")
  static final class ClosesSocketsForAnyThread extends SocketMutant {

    ClosesSocketsForAnyThread(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "close",
          leniently(
              0,
              args -> {
                real.close();
                return null;
              }));
    }
  }

  /** Reads options of sockets for any thread at the third time. */
  @Defect(breaks = "3.26")
  static final class ReadsOptionsForThoseWhoInsist extends SocketMutant {

    ReadsOptionsForThoseWhoInsist(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("option", leniently(2, args -> real.option((SocketOption<?>) args[0])));
    }
  }

  /** Connects sockets of datagrams for any thread. */
  @Defect(breaks = "3.30")
  static final class ConnectsForAnyThread extends SocketMutant {

    ConnectsForAnyThread(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "connect",
          leniently(
              1,
              args -> {
                real.connect((SocketAddress) args[0]);
                return null;
              }));
    }
  }

  /** Lets any thread cancel a reader. */
  @Defect(breaks = "3.30")
  static final class LetsAnyThreadCancelReaders extends SocketMutant {

    LetsAnyThreadCancelReaders(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      Handle real = super.watch(request);
      return Altered.of(
          Handle.class,
          real,
          "cancel",
          leniently(
              0,
              args -> {
                real.cancel();
                return null;
              }));
    }
  }

  /** Seems idle to queues, from the second question on. */
  @Defect(breaks = "3.27")
  static final class RestsForQueuesThatAskAgain extends NetworkMutant {

    private int questions;

    RestsForQueuesThatAskAgain(LoopContext context) {
      super(context);
    }

    @Override
    public boolean isRunning() {
      boolean running = super.isRunning();
      return running && !(isAskedBy("AsyncQueue") && ++questions > 1);
    }
  }

  /** Seems idle to barriers. */
  @Defect(breaks = "3.27")
  static final class RestsForBarriers extends NetworkMutant {

    RestsForBarriers(LoopContext context) {
      super(context);
    }

    @Override
    public boolean isRunning() {
      return super.isRunning() && !isAskedBy("AsyncBarrier");
    }
  }

  private static boolean isAskedBy(String name) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith("." + name)));
  }
}
