package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.ServingRequest;

/** Defects of chapters 9 and 19 that concern clients which come before a server is started. */
final class ServerBacklogMutants {

  private ServerBacklogMutants() {}

  /** What servers that start later do otherwise. */
  private abstract static class LaterServers extends NetworkMutant {

    boolean later;

    LaterServers(LoopContext context) {
      super(context);
    }

    /** Changes a server that was not started. */
    Server change(Server real, Restart restart) throws IOException {
      return real;
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      later = !options.startServing();
      Server real = super.createServer(protocolFactory, options);
      return later
          ? change(
              real,
              port -> super.createServer(protocolFactory, ServerOptions.on("127.0.0.1", port)))
          : real;
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      later = !options.startServing();
      Server real = super.createUnixServer(protocolFactory, options);
      return later
          ? change(
              real, port -> super.createUnixServer(protocolFactory, options.withStartServing(true)))
          : real;
    }
  }

  /** Serves at the same place again. */
  @FunctionalInterface
  private interface Restart {
    Server at(int port) throws IOException;
  }

  private abstract static class ListensLater extends LaterServers {

    ListensLater(LoopContext context) {
      super(context);
    }

    @Override
    Server change(Server real, Restart restart) throws IOException {
      List<TransportSocket> sockets = real.sockets();
      int port =
          sockets.getFirst().localAddress() instanceof InetSocketAddress internet
              ? internet.getPort()
              : 0;
      real.close();
      return new ForwardingServer(real) {
        private Server started;

        @Override
        public List<TransportSocket> sockets() {
          return sockets;
        }

        @Override
        public void startServing() throws IOException {
          started = restart.at(port);
        }

        @Override
        public void serveForever() throws IOException {
          startServing();
          started.serveForever();
        }

        @Override
        public boolean isServing() {
          return started != null && started.isServing();
        }

        @Override
        public void close() {
          if (started != null) {
            started.close();
          }
        }
      };
    }
  }

  /** Listens only when it is started. */
  @Defect(
      breaks = "9.40",
      also = {"9.4", "9.31", "9.41"})
  static final class RefusesThoseWhoComeEarly extends ListensLater {

    RefusesThoseWhoComeEarly(LoopContext context) {
      super(context);
    }
  }

  /** Listens on Unix sockets only when it is started. */
  @Defect(breaks = "19.43", also = "19.44")
  static final class RefusesUnixClientsWhoComeEarly extends ListensLater {

    RefusesUnixClientsWhoComeEarly(LoopContext context) {
      super(context);
    }
  }

  private abstract static class LosesTheSecond extends LaterServers {

    LosesTheSecond(LoopContext context) {
      super(context);
    }

    @Override
    protected void startServing(ServingRequest request) throws IOException {
      int[] accepted = {0};
      super.startServing(
          new ServingRequest(
              request.listener(),
              request.backlog(),
              socket -> {
                if (later && ++accepted[0] == 2) {
                  socket.close();
                } else {
                  request.onAccepted().accept(socket);
                }
              },
              request.context()));
    }
  }

  /** Accepts one of the clients that wait. */
  @Defect(breaks = "9.40", also = "9.4")
  static final class LosesTheSecondWhoWaits extends LosesTheSecond {

    LosesTheSecondWhoWaits(LoopContext context) {
      super(context);
    }
  }

  /** Accepts one of the clients that wait at a Unix socket. */
  @Defect(breaks = "19.43")
  static final class LosesTheSecondUnixClientWhoWaits extends LosesTheSecond {

    LosesTheSecondUnixClientWhoWaits(LoopContext context) {
      super(context);
    }
  }

  private abstract static class StaysOpen extends LaterServers {

    StaysOpen(LoopContext context) {
      super(context);
    }

    @Override
    Server change(Server real, Restart restart) {
      return new ForwardingServer(real) {
        private boolean started;

        @Override
        public void startServing() throws IOException {
          started = true;
          super.startServing();
        }

        @Override
        public void serveForever() throws IOException {
          started = true;
          super.serveForever();
        }

        @Override
        public void close() {
          if (started) {
            super.close();
          }
        }
      };
    }
  }

  /** Closes only what was served. */
  @Defect(breaks = "9.41", also = "9.31")
  static final class StaysOpenUnlessItWasStarted extends StaysOpen {

    StaysOpenUnlessItWasStarted(LoopContext context) {
      super(context);
    }
  }

  /** Closes only what was served, on Unix sockets. */
  @Defect(breaks = "19.44")
  static final class KeepsUnixSocketsThatWereNotServed extends StaysOpen {

    KeepsUnixSocketsThatWereNotServed(LoopContext context) {
      super(context);
    }
  }

  private abstract static class StartsToClose extends LaterServers {

    StartsToClose(LoopContext context) {
      super(context);
    }

    @Override
    Server change(Server real, Restart restart) {
      return new ForwardingServer(real) {
        @Override
        public void close() {
          if (isServing()) {
            super.close();
            return;
          }
          try {
            super.startServing();
          } catch (IOException refused) {
            throw new UncheckedIOException(refused);
          }
          callLater(Duration.ofMillis(20), super::close);
        }
      };
    }
  }

  /** Accepts the clients that wait before it closes. */
  @Defect(breaks = "9.41", also = "9.31")
  static final class AcceptsThoseWhoWaitAtTheEnd extends StartsToClose {

    AcceptsThoseWhoWaitAtTheEnd(LoopContext context) {
      super(context);
    }
  }

  /** Accepts the clients that wait at a Unix socket before it closes. */
  @Defect(breaks = "19.44")
  static final class AcceptsUnixClientsAtTheEnd extends StartsToClose {

    AcceptsUnixClientsAtTheEnd(LoopContext context) {
      super(context);
    }
  }
}
