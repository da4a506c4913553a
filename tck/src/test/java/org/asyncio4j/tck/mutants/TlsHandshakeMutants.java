package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsClientAuthentication;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TlsTransportRequest;
import org.asyncio4j.tck.probe.TlsLinks;

/** Defects of chapter 17 that concern how TLS begins. */
final class TlsHandshakeMutants {

  private TlsHandshakeMutants() {}

  /** A loop whose connections have a defect that TLS comes across. */
  private abstract static class Beneath extends NetworkMutant {

    Beneath(LoopContext context) {
      super(context);
    }

    abstract Tampering below();

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return request.protocol() instanceof BufferedProtocol
          ? below().open(this, request, super::makeSocketTransport)
          : super.makeSocketTransport(request);
    }
  }

  /** Takes a name for the server that nobody has given. */
  @Defect(breaks = "17.1")
  static final class GuessesTheName extends NetworkMutant {

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
  static final class TellsTheCipherLate extends TlsMutant.Tampered {

    TellsTheCipherLate(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        private long end;

        @Override
        void onMade() {
          end = time() + Duration.ofMillis(20).toNanos();
          super.onMade();
        }

        @Override
        public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
          return key == ExtraInfo.CIPHER && time() < end ? Optional.empty() : super.extraInfo(key);
        }
      };
    }
  }

  /** Lets the waiter wait a little longer. */
  @Defect(
      breaks = "17.3",
      also = {"17.34", "17.35"})
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
        if (done.exception().isEmpty()) {
          callLater(Duration.ofMillis(20), () -> complete(late));
        } else if (!late.isDone()) {
          late.setException(done.exception().orElseThrow());
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
  static final class TrustsEverybody extends TlsMutant.WithOptions {

    TrustsEverybody(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return role == TlsRole.SERVER
          ? asked
          : asked.withContext(TlsLinks.context("client", "server"));
    }
  }

  /** Does not look at the name. */
  @Defect(breaks = "17.5")
  static final class VerifiesNoName extends TlsMutant.WithOptions {

    VerifiesNoName(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withoutHostnameVerification();
    }
  }

  /** Has its own idea of how long a handshake may take. */
  @Defect(
      breaks = "17.6",
      also = {"17.31"})
  static final class IsPatientInTheHandshake extends TlsMutant.WithOptions {

    IsPatientInTheHandshake(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withHandshakeLimit(Duration.ofSeconds(60));
    }
  }

  /** Does not tell TLS that the peer has ended before anything came. */
  @Defect(breaks = "17.7")
  static final class SwallowsAnEarlyEnd extends Beneath {

    SwallowsAnEarlyEnd(LoopContext context) {
      super(context);
    }

    @Override
    Tampering below() {
      return new Tampering() {
        private boolean heard;

        @Override
        void onBufferUpdated(BufferedProtocol protocol, int count) {
          heard = true;
          super.onBufferUpdated(protocol, count);
        }

        @Override
        boolean onEof() {
          return !heard || super.onEof();
        }
      };
    }
  }

  /** Drops what does not look like TLS. */
  @Defect(
      breaks = "17.8",
      also = {"17.37"})
  static final class DropsWhatIsNoTls extends Beneath {

    DropsWhatIsNoTls(LoopContext context) {
      super(context);
    }

    @Override
    Tampering below() {
      return new Tampering() {
        private ByteBuffer lent = ByteBuffer.allocate(0);
        private boolean tlsHeard;

        @Override
        ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
          lent = super.onGetBuffer(protocol, sizeHint);
          return lent;
        }

        @Override
        void onBufferUpdated(BufferedProtocol protocol, int count) {
          int first = lent.get(lent.position());
          tlsHeard |= first >= 20 && first <= 23;
          if (tlsHeard) {
            super.onBufferUpdated(protocol, count);
          }
        }
      };
    }
  }

  /** Asks no client for a certificate. */
  @Defect(breaks = "17.9")
  static final class AsksForNoCertificate extends TlsMutant.WithOptions {

    AsksForNoCertificate(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withClientAuthentication(TlsClientAuthentication.NONE);
    }
  }

  /** Offers no protocols. */
  @Defect(breaks = "17.10")
  static final class LeavesOutAlpn extends TlsMutant.WithOptions {

    LeavesOutAlpn(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withApplicationProtocols(List.of());
    }
  }

  /** Has one context for everybody. */
  @Defect(breaks = "17.29")
  static final class KnowsOneName extends TlsMutant.WithOptions {

    KnowsOneName(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withContextChooser(name -> asked.context());
    }
  }

  /** Goes on with a handshake that nobody waits for any more. */
  @Defect(breaks = "17.30")
  static final class GoesOnWithTheHandshake extends NetworkMutant {

    GoesOnWithTheHandshake(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      Transport made = super.makeTlsTransport(request);
      if (request.waiter().isEmpty()) {
        return made;
      }
      return new ForwardingTransport(made) {
        @Override
        public void close() {
          if (!request.waiter().get().isCancelled()) {
            real.close();
          }
        }
      };
    }
  }
}
