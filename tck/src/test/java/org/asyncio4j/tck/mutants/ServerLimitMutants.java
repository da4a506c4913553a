package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.ServingRequest;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TlsTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.jspecify.annotations.Nullable;

/** Defects of chapter 9 that concern limits of connections. */
final class ServerLimitMutants {

  private ServerLimitMutants() {}

  /** Does not know of a limit. */
  @Defect(
      breaks = "9.37",
      also = {"9.38", "9.39", "9.42", "9.43", "9.44"})
  static final class IgnoresTheLimit extends NetworkMutant {

    IgnoresTheLimit(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {}
  }

  /** Pauses once. */
  @Defect(
      breaks = "9.37",
      also = {"9.38", "9.39", "9.42", "9.43", "9.44"})
  static final class PausesOnce extends NetworkMutant {

    private final List<SocketHandle> paused = new ArrayList<>();

    PausesOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      if (!paused.contains(listener)) {
        paused.add(listener);
        super.pauseServing(listener);
      }
    }
  }

  /** Accepts the rest of a batch before it pauses. */
  @Defect(
      breaks = "9.37",
      also = {"9.38", "9.42", "9.43", "9.44"})
  static final class EndsTheBatchFirst extends NetworkMutant {

    EndsTheBatchFirst(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      callSoon(() -> {
        if (listener.isOpen()) {
          super.pauseServing(listener);
        }
      });
    }
  }

  /** Goes on accepting from all listeners but the first. */
  @Defect(
      breaks = "9.37",
      also = {"9.42", "9.43", "9.44"})
  static final class PausesOneListener extends NetworkMutant {

    private final List<SocketHandle> served = new ArrayList<>();

    PausesOneListener(LoopContext context) {
      super(context);
    }

    @Override
    protected void startServing(ServingRequest request) throws IOException {
      served.add(request.listener());
      super.startServing(request);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      if (served.indexOf(listener) == 0) {
        super.pauseServing(listener);
      }
    }
  }

  /** Looks again and again for clients that it must not accept. */
  @Defect(breaks = "9.37")
  static final class LooksAllTheTime extends NetworkMutant {

    private boolean paused;

    LooksAllTheTime(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      paused = true;
      super.pauseServing(listener);
      look();
    }

    @Override
    protected void resumeServing(SocketHandle listener) {
      paused = false;
      super.resumeServing(listener);
    }

    private void look() {
      if (paused) {
        callSoon(this::look);
      }
    }
  }

  /** Never goes on. */
  @Defect(
      breaks = "9.38",
      also = {"9.37", "9.39", "9.42", "9.43", "9.44"})
  static final class NeverResumes extends NetworkMutant {

    NeverResumes(LoopContext context) {
      super(context);
    }

    @Override
    protected void resumeServing(SocketHandle listener) {}
  }

  /** Goes on so many times. */
  @Defect(
      breaks = "9.38",
      also = {"9.37", "9.39", "9.42", "9.43", "9.44"})
  static final class ResumesOnce extends NetworkMutant {

    private int resumed;

    ResumesOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected void resumeServing(SocketHandle listener) {
      if (resumed++ == 0) {
        super.resumeServing(listener);
      }
    }
  }

  /** A loop whose transports do not tell their owners correctly that they are gone. */
  abstract static class Owned extends NetworkMutant {

    Owned(LoopContext context) {
      super(context);
    }

    abstract void detach(TransportOwner owner, Transport transport, @Nullable Throwable reason);

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      if (request.owner().isEmpty() || !(request.protocol() instanceof Protocol)) {
        return super.makeSocketTransport(request);
      }
      TransportOwner owner = request.owner().get();
      Throwable[] reason = new Throwable[1];
      Between between =
          new Between(request) {
            @Override
            public void connectionLost(@Nullable Throwable exception) {
              reason[0] = exception;
              super.connectionLost(exception);
            }
          };
      return super.makeSocketTransport(
          withOwner(
              withProtocol(request, between),
              Optional.of(new Telling(owner, transport -> detach(owner, transport, reason[0])))));
    }
  }

  private record Telling(TransportOwner owner, Consumer<Transport> onDetach)
      implements TransportOwner {

    @Override
    public void attach(Transport transport) {
      owner.attach(transport);
    }

    @Override
    public void detach(Transport transport) {
      onDetach.accept(transport);
    }
  }

  /** Forgets connections that are lost with a reason. */
  @Defect(breaks = "9.38", also = "9.44")
  static final class KeepsPlacesOfLostConnections extends Owned {

    KeepsPlacesOfLostConnections(LoopContext context) {
      super(context);
    }

    @Override
    void detach(TransportOwner owner, Transport transport, @Nullable Throwable reason) {
      if (reason == null) {
        owner.detach(transport);
      }
    }
  }

  /** Gives the place back for the first eight connections. */
  @Defect(breaks = "9.38")
  static final class KeepsPlacesLater extends Owned {

    private int ended;

    KeepsPlacesLater(LoopContext context) {
      super(context);
    }

    @Override
    void detach(TransportOwner owner, Transport transport, @Nullable Throwable reason) {
      if (++ended <= 8) {
        owner.detach(transport);
      }
    }
  }

  /** Lets two in for one that is lost with a reason. */
  @Defect(breaks = "9.38", also = "9.44")
  static final class GivesThePlaceBackTwice extends Owned {

    private int extra;

    GivesThePlaceBackTwice(LoopContext context) {
      super(context);
    }

    @Override
    void detach(TransportOwner owner, Transport transport, @Nullable Throwable reason) {
      if (reason != null) {
        extra++;
      }
      owner.detach(transport);
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

  /** Does not go on after a connection that nobody wanted. */
  @Defect(breaks = "9.38", also = "9.43")
  static final class StopsAtARefusal extends NetworkMutant {

    StopsAtARefusal(LoopContext context) {
      super(context);
    }

    @Override
    protected void startServing(ServingRequest request) throws IOException {
      Consumer<SocketHandle> watching =
          socket -> {
            request.onAccepted().accept(socket);
            if (!socket.isOpen() && request.listener().isOpen() && full) {
              super.pauseServing(request.listener());
            }
          };
      super.startServing(
          new ServingRequest(request.listener(), request.backlog(), watching, request.context()));
    }

    private boolean full;

    @Override
    protected void pauseServing(SocketHandle listener) {
      full = true;
      super.pauseServing(listener);
    }
  }

  /** A loop whose TLS transports have an owner when their handshake is done. */
  abstract static class OwnedLate extends NetworkMutant {

    private final int first;
    private int made;

    OwnedLate(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      if (request.owner().isEmpty() || ++made < first) {
        return super.makeTlsTransport(request);
      }
      TransportOwner owner = request.owner().get();
      return new Tampering() {
        @Override
        void onMade() {
          owner.attach(this);
          super.onMade();
        }

        @Override
        void onLost(@Nullable Throwable reason) {
          super.onLost(reason);
          owner.detach(this);
        }
      }.openTls(
          this,
          new TlsTransportRequest(
              request.carrier(),
              request.protocol(),
              request.options(),
              request.role(),
              request.waiter(),
              Optional.empty(),
              request.context()),
          super::makeTlsTransport);
    }
  }

  /** Counts connections when they have shaken hands. */
  @Defect(breaks = "9.39")
  static final class CountsAfterTheHandshake extends OwnedLate {

    CountsAfterTheHandshake(LoopContext context) {
      super(context, 1);
    }
  }

  /** Counts later connections when they have shaken hands. */
  @Defect(breaks = "9.39")
  static final class CountsLaterOnesAfterTheHandshake extends OwnedLate {

    CountsLaterOnesAfterTheHandshake(LoopContext context) {
      super(context, 3);
    }
  }
}
