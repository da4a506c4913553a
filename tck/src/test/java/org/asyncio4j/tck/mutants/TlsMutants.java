package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsClientAuthentication;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.TlsTruncationException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TlsTransportRequest;
import org.asyncio4j.tck.probe.TlsLinks;

/** Defects of chapter 17. */
final class TlsMutants {

  private TlsMutants() {}

  /** A loop that makes its TLS transports in some wrong way. */
  private abstract static class TlsMutant extends NetworkMutant {

    TlsMutant(LoopContext context) {
      super(context);
    }

    /** Changes what the hook is asked for. */
    TlsTransportRequest change(TlsTransportRequest request) {
      return request;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      return super.makeTlsTransport(change(request));
    }

    static TlsTransportRequest with(
        TlsTransportRequest request, UnaryOperator<TlsOptions> options) {
      return new TlsTransportRequest(
          request.carrier(),
          request.protocol(),
          options.apply(request.options()),
          request.role(),
          request.waiter(),
          request.owner(),
          request.context());
    }

    static TlsTransportRequest with(TlsTransportRequest request, StreamProtocol protocol) {
      return new TlsTransportRequest(
          request.carrier(),
          protocol,
          request.options(),
          request.role(),
          request.waiter(),
          request.owner(),
          request.context());
    }
  }

  /** A loop whose TLS transports are seen through another one. */
  private abstract static class Veiled extends TlsMutant {

    Veiled(LoopContext context) {
      super(context);
    }

    abstract Transport veil(Transport real);

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.protocol() instanceof Protocol protocol
          ? with(
              request,
              new Passing(protocol) {
                @Override
                public void connectionMade(Transport transport) {
                  super.connectionMade(veil(transport));
                }
              })
          : request;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      return veil(super.makeTlsTransport(request));
    }
  }

  /** Also over a transport that speaks TLS, whose protocol is of the other kind. */
  private static class Veil extends ForwardingTransport {

    Veil(Transport real) {
      super(real);
    }

    @Override
    public void setProtocol(BaseProtocol changed) {
      real.setProtocol(changed);
    }
  }

  /** Passes everything on. */
  private static class Passing implements Protocol {

    final Protocol to;

    Passing(Protocol to) {
      this.to = to;
    }

    @Override
    public void connectionMade(Transport transport) {
      to.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      to.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
      return to.eofReceived();
    }

    @Override
    public void connectionLost(Throwable exception) {
      to.connectionLost(exception);
    }

    @Override
    public void pauseWriting() {
      to.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      to.resumeWriting();
    }
  }

  /** Stands between the plain transport and TLS. */
  private static class Below implements BufferedProtocol {

    final BufferedProtocol tls;

    Below(BufferedProtocol tls) {
      this.tls = tls;
    }

    @Override
    public void connectionMade(Transport transport) {
      tls.connectionMade(transport);
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      return tls.getBuffer(sizeHint);
    }

    @Override
    public void bufferUpdated(int byteCount) {
      tls.bufferUpdated(byteCount);
    }

    @Override
    public boolean eofReceived() {
      return tls.eofReceived();
    }

    @Override
    public void connectionLost(Throwable exception) {
      tls.connectionLost(exception);
    }

    @Override
    public void pauseWriting() {
      tls.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      tls.resumeWriting();
    }
  }

  private static SocketTransportRequest over(SocketTransportRequest request, Below below) {
    return new SocketTransportRequest(
        request.socket(), below, request.waiter(), request.owner(), request.context());
  }

  /** Takes a name for the server that nobody has given. */
  @Defect(breaks = "17.1")
  static final class GuessesTheName extends TlsMutant {

    GuessesTheName(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(
          protocolFactory,
          options
              .tls()
              .filter(tls -> tls.serverName().isEmpty())
              .map(tls -> options.withTls(tls.withServerName("localhost")))
              .orElse(options));
    }
  }

  /** Does not tell what was agreed on before a while has passed. */
  @Defect(breaks = "17.2")
  static final class TellsTheCipherLate extends Veiled {

    TellsTheCipherLate(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      long end = time() + Duration.ofMillis(20).toNanos();
      return new Veil(real) {
        @Override
        public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
          return key == ExtraInfo.CIPHER && time() < end ? Optional.empty() : super.extraInfo(key);
        }
      };
    }
  }

  /** Lets the waiter wait a little longer. */
  @Defect(breaks = "17.3")
  static final class CompletesTheWaiterLate extends TlsMutant {

    CompletesTheWaiterLate(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      if (request.waiter().isEmpty()) {
        return request;
      }
      Promise<Void> late = request.waiter().get();
      Promise<Void> own = createFuture();
      own.addDoneCallback(done -> {
        if (done.exception() == null) {
          callLater(Duration.ofMillis(20), () -> complete(late));
        } else if (!late.isDone()) {
          late.setException(done.exception());
        }
      });
      return new TlsTransportRequest(
          request.carrier(),
          request.protocol(),
          request.options(),
          request.role(),
          Optional.of(own),
          request.owner(),
          request.context());
    }
  }

  /** Trusts the server that the kit has, whatever the context says. */
  @Defect(
      breaks = "17.4",
      also = {"17.29"})
  static final class TrustsEverybody extends TlsMutant {

    TrustsEverybody(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.role() == TlsRole.SERVER
          ? request
          : with(
              request,
              (TlsOptions options) -> options.withContext(TlsLinks.context("client", "server")));
    }
  }

  /** Does not look at the name. */
  @Defect(breaks = "17.5")
  static final class VerifiesNoName extends TlsMutant {

    VerifiesNoName(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return with(request, TlsOptions::withoutHostnameVerification);
    }
  }

  /** Has its own idea of how long a handshake may take. */
  @Defect(breaks = "17.6")
  static final class IsPatientInTheHandshake extends TlsMutant {

    IsPatientInTheHandshake(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return with(
          request, (TlsOptions options) -> options.withHandshakeLimit(Duration.ofSeconds(60)));
    }
  }

  /** Does not tell TLS that the peer has ended before anything came. */
  @Defect(breaks = "17.7")
  static final class SwallowsAnEarlyEnd extends NetworkMutant {

    SwallowsAnEarlyEnd(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return request.protocol() instanceof BufferedProtocol tls
          ? super.makeSocketTransport(over(request, new Swallowing(tls)))
          : super.makeSocketTransport(request);
    }

    private static final class Swallowing extends Below {

      private boolean heard;

      Swallowing(BufferedProtocol tls) {
        super(tls);
      }

      @Override
      public void bufferUpdated(int byteCount) {
        heard = true;
        super.bufferUpdated(byteCount);
      }

      @Override
      public boolean eofReceived() {
        return !heard || super.eofReceived();
      }
    }
  }

  /** Drops what does not look like TLS. */
  @Defect(breaks = "17.8")
  static final class DropsWhatIsNoTls extends NetworkMutant {

    DropsWhatIsNoTls(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return request.protocol() instanceof BufferedProtocol tls
          ? super.makeSocketTransport(over(request, new Dropping(tls)))
          : super.makeSocketTransport(request);
    }

    private static final class Dropping extends Below {

      private ByteBuffer lent = ByteBuffer.allocate(0);
      private boolean tlsHeard;

      Dropping(BufferedProtocol tls) {
        super(tls);
      }

      @Override
      public ByteBuffer getBuffer(int sizeHint) {
        lent = super.getBuffer(sizeHint);
        return lent;
      }

      @Override
      public void bufferUpdated(int byteCount) {
        int first = lent.get(lent.position());
        tlsHeard |= first >= 20 && first <= 23;
        if (tlsHeard) {
          super.bufferUpdated(byteCount);
        }
      }
    }
  }

  /** Asks no client for a certificate. */
  @Defect(breaks = "17.9")
  static final class AsksForNoCertificate extends TlsMutant {

    AsksForNoCertificate(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return with(
          request,
          (TlsOptions options) -> options.withClientAuthentication(TlsClientAuthentication.NONE));
    }
  }

  /** Offers no protocols. */
  @Defect(breaks = "17.10")
  static final class LeavesOutAlpn extends TlsMutant {

    LeavesOutAlpn(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return with(request, (TlsOptions options) -> options.withApplicationProtocols(List.of()));
    }
  }

  /** Gives every lent buffer the first bytes again that did not fit. */
  @Defect(breaks = "17.11")
  static final class LosesWhatDoesNotFit extends TlsMutant {

    LosesWhatDoesNotFit(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.protocol() instanceof BufferedProtocol lender
          ? with(request, new LossyLending(lender))
          : request;
    }

    private static final class LossyLending implements Protocol {

      private final BufferedProtocol lender;

      LossyLending(BufferedProtocol lender) {
        this.lender = lender;
      }

      @Override
      public void connectionMade(Transport transport) {
        lender.connectionMade(transport);
      }

      @Override
      public void dataReceived(ByteBuffer data) {
        ByteBuffer buffer = lender.getBuffer(-1);
        int count = Math.min(buffer.remaining(), data.remaining());
        buffer.put(buffer.position(), data, data.position(), count);
        lender.bufferUpdated(count);
      }

      @Override
      public void connectionLost(Throwable exception) {
        lender.connectionLost(exception);
      }
    }
  }

  /** Reads on when it is to pause. */
  @Defect(
      breaks = "17.12",
      also = {"17.13", "17.14", "17.20", "17.21"})
  static final class DoesNotPause extends Veiled {

    DoesNotPause(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public void pauseReading() {
          // It has no time for that.
        }
      };
    }
  }

  /** Pauses after what it has in its hands. */
  @Defect(
      breaks = "17.13",
      also = {"17.12", "17.14", "17.20", "17.21"})
  static final class PausesLate extends Veiled {

    PausesLate(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        private boolean wanted;

        @Override
        public void pauseReading() {
          wanted = true;
          callLater(
              Duration.ofMillis(50),
              () -> {
                if (wanted) {
                  real.pauseReading();
                }
              });
        }

        @Override
        public void resumeReading() {
          wanted = false;
          real.resumeReading();
        }
      };
    }
  }

  /** Does not tell that it is full. */
  @Defect(breaks = "17.14")
  static final class PacesNobody extends TlsMutant {

    PacesNobody(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.protocol() instanceof Protocol protocol
          ? with(
              request,
              new Passing(protocol) {
                @Override
                public void pauseWriting() {
                  // It will not hurt.
                }
              })
          : request;
    }
  }

  /** Knows of TLS and of nothing else. */
  @Defect(breaks = "17.15")
  static final class DoesNotKnowBelow extends Veiled {

    DoesNotKnowBelow(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
          return key == ExtraInfo.PEERNAME ? Optional.empty() : super.extraInfo(key);
        }
      };
    }
  }

  /** Closes without a word. */
  @Defect(
      breaks = "17.16",
      also = {"17.18", "17.19", "17.20", "17.21", "17.22", "17.26", "17.27"})
  static final class ClosesWithoutAWord extends Veiled {

    ClosesWithoutAWord(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public void close() {
          real.abort();
        }
      };
    }
  }

  /** Takes any end for a proper one, as asyncio does. */
  @Defect(breaks = "17.17")
  static final class TakesAnyEndForProper extends TlsMutant {

    TakesAnyEndForProper(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.protocol() instanceof Protocol protocol
          ? with(
              request,
              new Passing(protocol) {
                @Override
                public void connectionLost(Throwable exception) {
                  if (exception instanceof TlsTruncationException) {
                    boolean ignored = eofReceived();
                    super.connectionLost(null);
                  } else {
                    super.connectionLost(exception);
                  }
                }
              })
          : request;
    }
  }

  /** Drops what the system has not taken when it closes. */
  @Defect(breaks = "17.18")
  static final class DropsWhatWaits extends Veiled {

    DropsWhatWaits(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public void close() {
          if (real.writeBufferSize() > 0) {
            real.abort();
          } else {
            real.close();
          }
        }
      };
    }
  }

  /** Refuses what comes too late. */
  @Defect(breaks = "17.19")
  static final class RefusesLateWrites extends Veiled {

    RefusesLateWrites(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public void write(ByteBuffer data) {
          if (real.isClosing()) {
            throw new IllegalStateException("the transport is closing");
          }
          super.write(data);
        }
      };
    }
  }

  /** Listens on for a moment after it was closed. */
  @Defect(
      breaks = "17.20",
      also = {"17.19", "17.21", "17.22"})
  static final class ClosesLate extends Veiled {

    ClosesLate(LoopContext context) {
      super(context);
    }

    @Override
    Transport veil(Transport real) {
      return new Veil(real) {
        @Override
        public void close() {
          callLater(Duration.ofMillis(50), real::close);
        }
      };
    }
  }

  /** Has its own idea of how long a peer may take to answer. */
  @Defect(breaks = "17.21")
  static final class IsPatientAtTheEnd extends TlsMutant {

    IsPatientAtTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return with(
          request, (TlsOptions options) -> options.withShutdownLimit(Duration.ofSeconds(60)));
    }
  }

  /** Does not tell the owner of the connection. */
  @Defect(breaks = "17.22")
  static final class TellsNoOwner extends TlsMutant {

    TellsNoOwner(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return new TlsTransportRequest(
          request.carrier(),
          request.protocol(),
          request.options(),
          request.role(),
          request.waiter(),
          Optional.empty(),
          request.context());
    }
  }

  /** Makes the connection once more. */
  @Defect(
      breaks = "17.23",
      also = {"17.26", "17.27"})
  static final class MakesTheConnectionAgain extends NetworkMutant {

    MakesTheConnectionAgain(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      Transport made = super.startTls(transport, protocol, options, role, received);
      protocol.connectionMade(made);
      return made;
    }
  }

  /** Waits for the handshake to begin anew. */
  @Defect(
      breaks = "17.24",
      also = {"17.28"})
  static final class ForgetsWhatWasHeard extends NetworkMutant {

    ForgetsWhatWasHeard(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      return super.startTls(transport, protocol, options, role, ByteBuffer.allocate(0));
    }
  }

  /** Leaves the connection open when nobody waits any more. */
  @Defect(breaks = "17.25")
  static final class LeavesItOpen extends NetworkMutant {

    LeavesItOpen(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      Transport open =
          new ForwardingTransport(transport) {
            @Override
            public void setProtocol(BaseProtocol changed) {
              real.setProtocol(changed);
            }

            @Override
            public void abort() {
              // Somebody may still need it.
            }
          };
      return super.startTls(open, protocol, options, role, received);
    }
  }

  /** Thinks that once is enough. */
  @Defect(breaks = "17.26")
  static final class SpeaksTlsOnce extends NetworkMutant {

    private final ArrayDeque<Transport> secured = new ArrayDeque<>();

    SpeaksTlsOnce(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      if (secured.contains(transport)) {
        throw new IllegalArgumentException("transport speaks TLS already");
      }
      Transport made = super.startTls(transport, protocol, options, role, received);
      secured.add(made);
      return made;
    }
  }
}
