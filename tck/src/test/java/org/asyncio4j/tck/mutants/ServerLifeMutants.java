package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 9 that concern the end of servers. */
final class ServerLifeMutants {

  private ServerLifeMutants() {}

  /** Tells the sockets of a closed server. */
  @Defect(breaks = "9.20")
  static final class RemembersItsSockets extends NetworkMutant {

    RemembersItsSockets(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      Server made = super.createServer(protocolFactory, options);
      List<TransportSocket> sockets = made.sockets();
      return new ForwardingServer(made) {
        @Override
        public List<TransportSocket> sockets() {
          return sockets;
        }
      };
    }
  }

  /** Ends the connections together with the server. */
  @Defect(
      breaks = "9.21",
      also = {"9.24", "9.30"})
  static final class ClosesItsConnectionsToo extends NetworkMutant {

    ClosesItsConnectionsToo(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void close() {
          super.close();
          super.closeClients();
        }
      };
    }
  }

  /** Waits for the next end if all is over already. */
  @Defect(
      breaks = "9.22",
      also = {"9.26", "9.27"})
  static final class WaitsForNothing extends NetworkMutant {

    WaitsForNothing(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void waitClosed() {
          List<Boolean> waited = new ArrayList<>();
          callSoon(() -> waited.add(true));
          super.waitClosed();
          if (waited.isEmpty()) {
            Object ignored = createFuture().await();
          }
        }
      };
    }
  }

  /** Does not wait while there are no connections, as asyncio did before 3.12. */
  @Defect(breaks = "9.23")
  static final class DoesNotWaitForTheServer extends NetworkMutant {

    DoesNotWaitForTheServer(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void waitClosed() {
          if (!real.toString().contains("clients=0")) {
            super.waitClosed();
          }
        }
      };
    }
  }

  /** Does not wait when the server is closed. */
  @Defect(breaks = "9.24", also = "9.45")
  static final class DoesNotWaitForTheConnections extends NetworkMutant {

    DoesNotWaitForTheConnections(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void waitClosed() {
          if (!real.sockets().isEmpty()) {
            super.waitClosed();
          }
        }
      };
    }
  }

  /** Lets one task wait and forgets the others. */
  @Defect(breaks = "9.25")
  static final class WakesOneTaskOnly extends NetworkMutant {

    WakesOneTaskOnly(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        private int waiting;

        @Override
        public void waitClosed() {
          if (++waiting > 1) {
            Object ignored = createFuture().await();
          }
          super.waitClosed();
        }
      };
    }
  }

  /** Drops what its connections have buffered. */
  @Defect(breaks = "9.26")
  static final class AbortsInsteadOfClosing extends NetworkMutant {

    AbortsInsteadOfClosing(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void closeClients() {
          super.abortClients();
        }
      };
    }
  }

  /** Waits for peers that do not read. */
  @Defect(breaks = "9.27")
  static final class ClosesInsteadOfAborting extends NetworkMutant {

    ClosesInsteadOfAborting(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void abortClients() {
          super.closeClients();
        }
      };
    }
  }

  /** Serves for ever only what serves already. */
  @Defect(breaks = "9.28")
  static final class DoesNotStartForEver extends NetworkMutant {

    DoesNotStartForEver(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void serveForever() throws IOException {
          if (!isServing() && !sockets().isEmpty()) {
            Object ignored = createFuture().await();
          }
          super.serveForever();
        }
      };
    }
  }

  /** Lets a second task into serveForever, and out again. */
  @Defect(breaks = "9.29")
  static final class ServesTwiceForEver extends NetworkMutant {

    ServesTwiceForEver(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        private int serving;

        @Override
        public void serveForever() throws IOException {
          if (serving > 0) {
            return;
          }
          serving++;
          try {
            super.serveForever();
          } finally {
            serving--;
          }
        }
      };
    }
  }

  /** Leaves the server open when the task in serveForever is cancelled. */
  @Defect(breaks = "9.30", also = "9.29")
  static final class ServesOnWhenCancelled extends NetworkMutant {

    ServesOnWhenCancelled(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        private final Promise<Object> end = createFuture();
        private boolean serving;

        @Override
        public void serveForever() throws IOException {
          if (serving || sockets().isEmpty()) {
            super.serveForever();
          }
          serving = true;
          startServing();
          try {
            Object ignored = end.await();
          } finally {
            serving = false;
          }
        }

        @Override
        public void close() {
          super.close();
          complete(end);
        }
      };
    }
  }

  /** Does nothing when a closed server is started. */
  @Defect(breaks = "9.31")
  static final class IgnoresThatItIsClosed extends NetworkMutant {

    IgnoresThatItIsClosed(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void startServing() throws IOException {
          if (!sockets().isEmpty()) {
            super.startServing();
          }
        }
      };
    }
  }
}
