package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.function.Supplier;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 3: servers that accept foreign threads. */
final class ForeignServerMutants {

  private ForeignServerMutants() {}

  /** A server that lets foreign threads close it. */
  @Defect(breaks = "3.25")
  static final class LetsForeignThreadsCloseAServer extends NetworkMutant {

    LetsForeignThreadsCloseAServer(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void close() {
          try {
            super.close();
          } catch (WrongThreadException accepted) {
            callSoonThreadsafe(() -> super.close());
          }
        }
      };
    }
  }

  /** A server that refuses foreign threads once, and then does as they say. */
  @Defect(breaks = "3.25")
  static final class AbortsItsClientsAtTheSecondCall extends NetworkMutant {

    AbortsItsClientsAtTheSecondCall(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        private int refusals;

        @Override
        public void abortClients() {
          try {
            super.abortClients();
          } catch (WrongThreadException refused) {
            if (++refusals == 1) {
              throw refused;
            }
          }
        }
      };
    }
  }

  /** A loop whose servers swallow refusals. */
  private abstract static class Lenient extends NetworkMutant {

    Lenient(LoopContext context) {
      super(context);
    }

    abstract boolean accepts(Server server, String method);

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void close() {
          leniently("close", super::close);
        }

        @Override
        public void closeClients() {
          leniently("closeClients", super::closeClients);
        }

        @Override
        public void abortClients() {
          leniently("abortClients", super::abortClients);
        }

        @Override
        public void waitClosed() {
          leniently("waitClosed", super::waitClosed);
        }

        private void leniently(String method, Runnable call) {
          try {
            call.run();
          } catch (WrongThreadException refused) {
            if (!accepts(real, method)) {
              throw refused;
            }
          }
        }
      };
    }
  }

  /** Lets other loops close the clients of a server. */
  @Defect(breaks = "3.25")
  static final class LetsOtherLoopsCloseClients extends Lenient {

    LetsOtherLoopsCloseClients(LoopContext context) {
      super(context);
    }

    @Override
    boolean accepts(Server server, String method) {
      return method.equals("closeClients") && CorrectLoop.onLoop();
    }
  }

  /** Does not ask who closes it once it is closed. */
  @Defect(breaks = "3.25")
  static final class IsClosedAgainByAnyThread extends Lenient {

    IsClosedAgainByAnyThread(LoopContext context) {
      super(context);
    }

    @Override
    boolean accepts(Server server, String method) {
      return method.equals("close") && !server.isServing();
    }
  }

  /** Does not ask who closes its clients once it is closed. */
  @Defect(breaks = "3.25")
  static final class ClosesClientsForAnyThreadOnceClosed extends Lenient {

    ClosesClientsForAnyThreadOnceClosed(LoopContext context) {
      super(context);
    }

    @Override
    boolean accepts(Server server, String method) {
      return method.equals("closeClients") && !server.isServing();
    }
  }

  /** Does not ask who aborts its clients once it is closed and has none. */
  @Defect(breaks = "3.25")
  static final class AbortsNobodyForAnyThread extends Lenient {

    AbortsNobodyForAnyThread(LoopContext context) {
      super(context);
    }

    @Override
    boolean accepts(Server server, String method) {
      return method.equals("abortClients") && server.toString().contains("clients=0");
    }
  }

  /** Does not ask who waits once there is nothing to wait for. */
  @Defect(breaks = "3.25")
  static final class LetsAnyThreadSeeTheEnd extends Lenient {

    LetsAnyThreadSeeTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    boolean accepts(Server server, String method) {
      return method.equals("waitClosed")
          && !server.isServing()
          && server.toString().contains("clients=0");
    }
  }
}
