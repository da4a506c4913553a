package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;
import org.jspecify.annotations.Nullable;

/** Defects of chapters 16 and 17 that concern the end of connections that begin to speak TLS. */
final class StartTlsEndMutants {

  private StartTlsEndMutants() {}

  /** A loop whose {@code startTls} has a defect from one call on. */
  abstract static class Later extends NetworkMutant {

    private final int first;
    private int calls;

    Later(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    /** {@return whether the defect shows} Counts the cases in which it could. */
    final boolean isDue() {
      return ++calls >= first;
    }

    /** Before the connection is taken over. */
    Transport prepare(Transport transport) {
      return transport;
    }

    /** After it has failed. */
    void fail(Throwable thrown, Transport transport, StreamProtocol fresh) throws IOException {}

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      try {
        return super.startTls(prepare(transport), protocol, options, role, received);
      } catch (Throwable thrown) {
        fail(thrown, transport, protocol);
        throw thrown;
      }
    }
  }

  /** A loop that tells the former protocol of an abort what the transport below says: nothing. */
  abstract static class TellingOfNoAbort extends Later {

    TellingOfNoAbort(LoopContext context, int first) {
      super(context, first);
    }

    @Override
    Transport prepare(Transport transport) {
      StreamProtocol former = transport.protocol();
      transport.setProtocol(
          new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {}

            @Override
            public void connectionLost(@Nullable Throwable exception) {
              boolean known =
                  exception instanceof SSLException || exception instanceof TimeoutException;
              former.connectionLost(known || !isDue() ? exception : null);
            }
          });
      return transport;
    }
  }

  /** Tells the former protocol of no abort. */
  @Defect(
      breaks = "17.40",
      also = {"17.41", "17.43"})
  static final class TellsOfNoAbort extends TellingOfNoAbort {

    TellsOfNoAbort(LoopContext context) {
      super(context, 1);
    }
  }

  /** Tells the former protocol of the first abort only. */
  @Defect(
      breaks = "17.40",
      also = {"17.41", "17.43"})
  static final class TellsOfNoLaterAbort extends TellingOfNoAbort {

    TellsOfNoLaterAbort(LoopContext context) {
      super(context, 2);
    }
  }

  /** A loop that throws something else if the handshake was done. */
  abstract static class ThrowingAnother extends Later {

    private @Nullable Promise<?> waiter;

    ThrowingAnother(LoopContext context, int first) {
      super(context, first);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      waiter = request.waiter().orElse(null);
      return super.makeTlsTransport(request);
    }

    @Override
    void fail(Throwable thrown, Transport transport, StreamProtocol fresh) throws IOException {
      Promise<?> shaken = waiter;
      boolean done = shaken != null && shaken.isDone() && !shaken.isCancelled();
      if (thrown instanceof IOException && done && shaken.exception().isEmpty() && isDue()) {
        throw new IOException("the connection was lost as the handshake was done", thrown);
      }
    }
  }

  /** Throws another exception than it tells the former protocol. */
  @Defect(breaks = "17.41")
  static final class ThrowsAnother extends ThrowingAnother {

    ThrowsAnother(LoopContext context) {
      super(context, 1);
    }
  }

  /** Throws another exception the second time. */
  @Defect(breaks = "17.41")
  static final class ThrowsAnotherLater extends ThrowingAnother {

    ThrowsAnotherLater(LoopContext context) {
      super(context, 2);
    }
  }

  /** A loop that aborts a connection only when the task has gone on. */
  abstract static class Postponing extends Later {

    Postponing(LoopContext context, int first) {
      super(context, first);
    }

    @Override
    Transport prepare(Transport transport) {
      return new ForwardingTransport(transport) {
        @Override
        public void abort() {
          if (isDue()) {
            callSoon(real::abort);
          } else {
            real.abort();
          }
        }
      };
    }
  }

  /** Aborts in the next tick. */
  @Defect(breaks = "17.42")
  static final class AbortsInTheNextTick extends Postponing {

    AbortsInTheNextTick(LoopContext context) {
      super(context, 1);
    }
  }

  /** Aborts in the next tick, but not the first times. */
  @Defect(breaks = "17.42")
  static final class AbortsLaterOnesInTheNextTick extends Postponing {

    AbortsLaterOnesInTheNextTick(LoopContext context) {
      super(context, 5);
    }
  }

  /** Pauses a connection before the options are looked at. */
  @Defect(breaks = "17.43")
  static final class PausesFirst extends Later {

    PausesFirst(LoopContext context) {
      super(context, 1);
    }

    @Override
    void fail(Throwable thrown, Transport transport, StreamProtocol fresh) {
      if (thrown instanceof IllegalArgumentException && isDue()) {
        transport.pauseReading();
      }
    }
  }

  /** Hands the connection over before the options are looked at, from the fourth time on. */
  @Defect(breaks = "17.43")
  static final class HandsOverFirst extends Later {

    HandsOverFirst(LoopContext context) {
      super(context, 4);
    }

    @Override
    void fail(Throwable thrown, Transport transport, StreamProtocol fresh) {
      if (thrown instanceof IllegalArgumentException && isDue()) {
        transport.setProtocol(fresh);
      }
    }
  }

  /** Closes a connection for a buffer that cannot be used. */
  @Defect(breaks = "17.43")
  static final class ClosesForABuffer extends Later {

    ClosesForABuffer(LoopContext context) {
      super(context, 2);
    }

    @Override
    void fail(Throwable thrown, Transport transport, StreamProtocol fresh) {
      if (thrown instanceof IllegalStateException && isDue()) {
        transport.close();
      }
    }
  }

  /** A loop that does not tell how connections end that began TLS later. */
  abstract static class TellingOfNoEnd extends NetworkMutant {

    private final int first;
    private int begun;

    TellingOfNoEnd(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    abstract boolean isHidden(@Nullable Throwable reason);

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      boolean later = request.carrier() instanceof TlsTransportRequest.OfTransport;
      if (!later || ++begun < first) {
        return super.makeTlsTransport(request);
      }
      Tampering hiding =
          new Tampering() {
            @Override
            void onLost(@Nullable Throwable reason) {
              if (!isHidden(reason)) {
                super.onLost(reason);
              }
            }
          };
      return hiding.openTls(this, request, super::makeTlsTransport);
    }
  }

  /** Tells of no proper end of TLS that was begun later. */
  @Defect(breaks = "16.44")
  static final class TellsOfNoProperEnd extends TellingOfNoEnd {

    TellsOfNoProperEnd(LoopContext context) {
      super(context, 1);
    }

    @Override
    boolean isHidden(@Nullable Throwable reason) {
      return reason == null;
    }
  }

  /** Tells of no end of TLS, from the second connection on that begins it later. */
  @Defect(breaks = "16.44")
  static final class TellsOfNoLaterEnd extends TellingOfNoEnd {

    TellsOfNoLaterEnd(LoopContext context) {
      super(context, 3); // one client has two ends
    }

    @Override
    boolean isHidden(@Nullable Throwable reason) {
      return true;
    }
  }
}
