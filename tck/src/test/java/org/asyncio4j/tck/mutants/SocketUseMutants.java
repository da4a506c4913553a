package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.asyncio4j.net.AdoptOptions;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.SocketServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 20 that concern datagrams, and what sockets become. */
final class SocketUseMutants {

  private SocketUseMutants() {}

  /** Takes itself for the sender of everything. */
  @Defect(breaks = "20.25", also = "20.26")
  static final class ForgetsTheSender extends SocketMutant {

    ForgetsTheSender(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "receiveFrom",
          args -> {
            var ignored = real.receiveFrom((ByteBuffer) args[0]);
            return real.localAddress();
          });
    }
  }

  /** Receives datagrams ahead of the task that waits. */
  @Defect(breaks = "20.26")
  static final class ReceivesAhead extends SocketMutant {

    ReceivesAhead(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
      return Map.of(
          "receiveFrom",
          args -> SocketWaitMutants.ahead(this, () -> real.receiveFrom((ByteBuffer) args[0])));
    }
  }

  /** Lets who had a socket read the end of the stream after it was handed over. */
  @Defect(breaks = "20.27")
  static final class LetsTheOldOwnerRead extends SocketMutant {

    LetsTheOldOwnerRead(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AtomicBoolean closed = new AtomicBoolean();
      return Map.of(
          "receive",
          args ->
              real.isOpen() || closed.get() || isClosed() ? real.receive((ByteBuffer) args[0]) : -1,
          "close",
          args -> {
            closed.set(true);
            real.close();
            return null;
          });
    }
  }

  /** Closes what it cannot make a connection of. */
  @Defect(breaks = "20.28", also = "20.29")
  static final class ClosesWhatItRefuses extends SocketMutant {

    ClosesWhatItRefuses(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> adoptSocket(
        Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
      try {
        return super.adoptSocket(protocolFactory, options);
      } catch (IllegalStateException refused) {
        options.socket().close();
        throw refused;
      }
    }
  }

  /** Looks for the peer of a socket in its own way. */
  @Defect(breaks = "20.29")
  static final class MissesThePeerInItsOwnWay extends SocketMutant {

    MissesThePeerInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> adoptSocket(
        Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
      if (options.socket().remoteAddress().isEmpty()) {
        throw new SocketException("Transport endpoint is not connected");
      }
      return super.adoptSocket(protocolFactory, options);
    }
  }

  /** Does not read from accepted sockets. */
  @Defect(breaks = "20.30")
  static final class DoesNotReadFromAcceptedSockets extends SocketMutant {

    DoesNotReadFromAcceptedSockets(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> connectAcceptedSocket(
        Supplier<? extends P> protocolFactory, AsyncSocket socket) throws IOException {
      Connection<P> made = super.connectAcceptedSocket(protocolFactory, socket);
      made.transport().pauseReading();
      return made;
    }
  }

  /** Takes a listening socket and does not serve. */
  @Defect(breaks = "20.31")
  static final class DoesNotServe extends SocketMutant {

    DoesNotServe(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
        throws IOException {
      return super.createServer(protocolFactory, options.withStartServing(false));
    }
  }
}
