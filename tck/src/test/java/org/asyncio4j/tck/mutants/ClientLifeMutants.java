package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 8 that concern cancellation and protocols. */
final class ClientLifeMutants {

  private ClientLifeMutants() {}

  /** Does not notice that nobody waits for the connect any more. */
  @Defect(breaks = "8.12", also = "8.13")
  static final class GoesOnConnectingWhenCancelled extends NetworkMutant {

    GoesOnConnectingWhenCancelled(LoopContext context) {
      super(context);
    }

    @Override
    protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
      Promise<SocketHandle> detached = createFuture();
      super.connectSocket(request)
          .addDoneCallback(done -> {
            if (detached.isDone()) {
              return;
            }
            Throwable failure = done.exception().orElse(null);
            if (failure == null) {
              detached.setResult(done.result());
            } else {
              detached.setException(failure);
            }
          });
      return detached;
    }
  }

  /** Forgets a socket when it is cancelled right after the connect. */
  @Defect(breaks = "8.13", also = "8.9")
  static final class LosesASocketThatIsConnected extends NetworkMutant {

    LosesASocketThatIsConnected(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      if (currentTask().isEmpty() || !HomemadeConnect.canDo(options)) {
        return super.createConnection(protocolFactory, options);
      }
      return new HomemadeConnect(this, Optional.of(HomemadeConnect.Point.CONNECTED))
          .run(protocolFactory, options);
    }
  }

  /** Forgets a transport when it is cancelled while it waits. */
  @Defect(
      breaks = "8.14",
      also = {"8.9", "8.13"})
  static final class LosesATransport extends NetworkMutant {

    LosesATransport(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      if (currentTask().isEmpty() || !HomemadeConnect.canDo(options)) {
        return super.createConnection(protocolFactory, options);
      }
      return new HomemadeConnect(this, Optional.of(HomemadeConnect.Point.WAITER))
          .run(protocolFactory, options);
    }
  }

  /** Calls connectionLost twice if the protocol closes at once. */
  @Defect(breaks = "8.15")
  static final class IsLostTwice extends NetworkMutant {

    IsLostTwice(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionMade(Transport transport) {
              super.connectionMade(transport);
              if (transport.isClosing()) {
                callSoon(() -> application.connectionLost(null), request.context());
              }
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }

  /** Does not report what connectionMade throws. */
  @Defect(breaks = "8.16")
  static final class SwallowsWhatConnectionMadeThrows extends NetworkMutant {

    SwallowsWhatConnectionMadeThrows(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionMade(Transport transport) {
              try {
                super.connectionMade(transport);
              } catch (RuntimeException ignored) {
                // Nobody hears of it.
              }
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }

  /** Does not know its peer any more when the connection is lost. */
  @Defect(breaks = "8.17")
  static final class ForgetsThePeer extends NetworkMutant {

    ForgetsThePeer(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      AtomicReference<Forgetful> returned = new AtomicReference<>();
      Between between =
          new Between(request) {
            @Override
            public void connectionMade(Transport transport) {
              super.connectionMade(returned.get());
            }

            @Override
            public void connectionLost(Throwable exception) {
              returned.get().lost = true;
              super.connectionLost(exception);
            }
          };
      returned.set(new Forgetful(super.makeSocketTransport(withProtocol(request, between))));
      return returned.get();
    }

    private static final class Forgetful extends ForwardingTransport {

      volatile boolean lost;

      Forgetful(Transport real) {
        super(real);
      }

      @Override
      public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
        return lost && key == ExtraInfo.PEERNAME ? Optional.empty() : super.extraInfo(key);
      }
    }
  }

  /** Forgets a socket when the factory throws. */
  @Defect(breaks = "8.18", also = "8.9")
  static final class LosesASocketWithoutProtocol extends NetworkMutant {

    LosesASocketWithoutProtocol(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      if (currentTask().isEmpty() || !HomemadeConnect.canDo(options)) {
        return super.createConnection(protocolFactory, options);
      }
      return new HomemadeConnect(this, Optional.of(HomemadeConnect.Point.FACTORY))
          .run(protocolFactory, options);
    }
  }

  /** Hands over the first thousand bytes of what it reads. */
  @Defect(breaks = "8.19")
  static final class CutsWhatArrives extends NetworkMutant {

    CutsWhatArrives(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void dataReceived(ByteBuffer data) {
              super.dataReceived(data.limit(Math.min(data.limit(), 1_000)));
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }
}
