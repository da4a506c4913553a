package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.SocketServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.DetachSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.jspecify.annotations.Nullable;

/** Defects of chapter 9 that concern the places of connections in their servers. */
final class ServerPlaceMutants {

  private ServerPlaceMutants() {}

  private abstract static class OtherLimit extends NetworkMutant {

    int servers;

    OtherLimit(LoopContext context) {
      super(context);
    }

    abstract int limit(int asked);

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
        throws IOException {
      servers++;
      return super.createServer(
          protocolFactory, options.withMaxConnections(limit(options.maxConnections())));
    }
  }

  /** Forgets the limit of servers on sockets. */
  @Defect(breaks = "9.42")
  static final class ForgetsTheLimitOfASocket extends OtherLimit {

    ForgetsTheLimitOfASocket(LoopContext context) {
      super(context);
    }

    @Override
    int limit(int asked) {
      return Integer.MAX_VALUE;
    }
  }

  /** Knows the limit of the first server on a socket. */
  @Defect(breaks = "9.42")
  static final class ForgetsTheLimitOfTheSecondSocket extends OtherLimit {

    ForgetsTheLimitOfTheSecondSocket(LoopContext context) {
      super(context);
    }

    @Override
    int limit(int asked) {
      return servers == 1 ? asked : Integer.MAX_VALUE;
    }
  }

  /** Lets one more in. */
  @Defect(breaks = "9.42")
  static final class LetsOneMoreIntoASocket extends OtherLimit {

    LetsOneMoreIntoASocket(LoopContext context) {
      super(context);
    }

    @Override
    int limit(int asked) {
      return asked + 1;
    }
  }

  /** Does not go on with a socket that was handed over. */
  @Defect(breaks = "9.42")
  static final class DoesNotResumeSockets extends NetworkMutant {

    private final List<SocketHandle> detached = new ArrayList<>();

    DoesNotResumeSockets(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
      SocketHandle handle = super.detachSocket(request);
      detached.add(handle);
      return handle;
    }

    @Override
    protected void resumeServing(SocketHandle listener) {
      if (!detached.contains(listener)) {
        super.resumeServing(listener);
      }
    }
  }

  /** A loop that looks at factories. */
  private abstract static class Watching extends NetworkMutant {

    int parked; // or just called
    final List<SocketHandle> postponed = new ArrayList<>();

    Watching(LoopContext context) {
      super(context);
    }

    void returned() {}

    void failed() {}

    Server serve(Server real) {
      return real;
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return serve(
          super.createServer(
              () -> {
                parked++;
                try {
                  return protocolFactory.get();
                } catch (Throwable thrown) {
                  failed();
                  throw thrown;
                } finally {
                  parked--;
                  returned();
                }
              },
              options));
    }
  }

  /** Counts connections from the return of their factory, if there are several. */
  @Defect(breaks = "9.43")
  static final class CountsFromTheReturnOfTheFactory extends Watching {

    CountsFromTheReturnOfTheFactory(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      if (parked == 0) {
        super.pauseServing(listener);
      } else {
        postponed.add(listener);
      }
    }

    @Override
    void returned() {
      postponed.forEach(super::pauseServing);
      postponed.clear();
    }
  }

  /** Lets two in for a factory that throws while another is parked. */
  @Defect(breaks = "9.43")
  static final class GivesThePlaceOfAFactoryBackTwice extends Watching {

    private int extra;

    GivesThePlaceOfAFactoryBackTwice(LoopContext context) {
      super(context);
    }

    @Override
    void failed() {
      if (parked > 1) {
        extra++;
      }
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      if (extra > 0) {
        extra--;
      } else {
        super.pauseServing(listener);
      }
    }
  }

  /** Keeps the place of the second factory that throws. */
  @Defect(breaks = "9.43", also = "9.38")
  static final class KeepsThePlaceOfTheSecondFactory extends Watching {

    private int failures;

    KeepsThePlaceOfTheSecondFactory(LoopContext context) {
      super(context);
    }

    @Override
    void failed() {
      failures++;
    }

    @Override
    protected void resumeServing(SocketHandle listener) {
      if (failures != 2) {
        super.resumeServing(listener);
      }
    }
  }

  /** Gives the place back before the protocol knows of the loss. */
  @Defect(breaks = "9.44")
  static final class GivesThePlaceBackTooSoon extends NetworkMutant {

    GivesThePlaceBackTooSoon(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      if (request.owner().isEmpty() || !(request.protocol() instanceof Protocol)) {
        return super.makeSocketTransport(request);
      }
      Early owner = new Early(request.owner().get());
      Between between =
          new Between(request) {
            @Override
            public void connectionLost(@Nullable Throwable exception) {
              owner.detachNow();
              super.connectionLost(exception);
            }
          };
      return super.makeSocketTransport(
          withOwner(withProtocol(request, between), Optional.of(owner)));
    }
  }

  private static final class Early implements TransportOwner {

    private final TransportOwner owner;
    private @Nullable Transport attached;

    Early(TransportOwner owner) {
      this.owner = owner;
    }

    @Override
    public void attach(Transport transport) {
      attached = transport;
      owner.attach(transport);
    }

    void detachNow() {
      if (attached != null) {
        owner.detach(attached);
      }
    }

    @Override
    public void detach(Transport transport) {}
  }

  /** Notices the third loss only when its protocol has returned, and others too soon. */
  @Defect(breaks = "9.44")
  static final class AcceptsWhileProtocolsAreParked extends NetworkMutant {

    private int lost;

    AcceptsWhileProtocolsAreParked(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      if (request.owner().isEmpty() || !(request.protocol() instanceof Protocol)) {
        return super.makeSocketTransport(request);
      }
      Early owner = new Early(request.owner().get());
      Between between =
          new Between(request) {
            @Override
            public void connectionLost(@Nullable Throwable exception) {
              boolean late = ++lost < 3;
              if (!late) {
                owner.detachNow();
              }
              super.connectionLost(exception);
              if (late) {
                owner.detachNow();
              }
            }
          };
      return super.makeSocketTransport(
          withOwner(withProtocol(request, between), Optional.of(owner)));
    }
  }

  /** Does not wait for connections without a protocol. */
  @Defect(breaks = "9.45")
  static final class DoesNotWaitForFactories extends Watching {

    DoesNotWaitForFactories(LoopContext context) {
      super(context);
    }

    @Override
    Server serve(Server real) {
      return new ForwardingServer(real) {
        @Override
        public void waitClosed() {
          if (parked == 0) {
            super.waitClosed();
          }
        }
      };
    }
  }

  /** Closes those connections only that have a protocol. */
  @Defect(breaks = "9.45")
  static final class LeavesThoseWhoArrive extends Watching {

    LeavesThoseWhoArrive(LoopContext context) {
      super(context);
    }

    @Override
    Server serve(Server real) {
      return new ForwardingServer(real) {
        @Override
        public void closeClients() {
          if (parked == 0) {
            super.closeClients();
          }
        }
      };
    }
  }

  /** Aborts those connections only that have a protocol. */
  @Defect(breaks = "9.45")
  static final class SparesThoseWhoArrive extends Watching {

    SparesThoseWhoArrive(LoopContext context) {
      super(context);
    }

    @Override
    Server serve(Server real) {
      return new ForwardingServer(real) {
        @Override
        public void abortClients() {
          if (parked == 0) {
            super.abortClients();
          }
        }
      };
    }
  }
}
