package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;
import org.jspecify.annotations.Nullable;

/** Defects of chapter 17 that concern connections that are lost while they begin to speak TLS. */
final class StartTlsLossMutants {

  private StartTlsLossMutants() {}

  /** A loop that does something wrong around the correct {@code startTls}. */
  abstract static class Around extends NetworkMutant {

    private int calls;

    Around(LoopContext context) {
      super(context);
    }

    /** {@return whether this is not the first call} */
    final boolean isLate() {
      return calls > 1;
    }

    /** Before the connection is taken over. */
    void prepare(Transport transport) {}

    /** After it has failed. */
    void fail(Throwable thrown, StreamProtocol former, StreamProtocol fresh) {}

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      calls++;
      StreamProtocol former = transport.protocol();
      prepare(transport);
      try {
        return super.startTls(transport, protocol, options, role, received);
      } catch (Throwable thrown) {
        fail(thrown, former, protocol);
        throw thrown;
      }
    }
  }

  /** Stands before the former protocol, and does not pass on every loss as it is. */
  abstract static class Losing implements Protocol {

    final StreamProtocol former;

    Losing(StreamProtocol former) {
      this.former = former;
    }

    @Override
    public void dataReceived(ByteBuffer data) {}
  }

  /** Takes the connection away from a protocol and says nothing. */
  private static void forgetFormerOf(Transport transport) {
    transport.setProtocol((Protocol) data -> {});
  }

  /** Forgets the former protocol. */
  @Defect(
      breaks = "17.31",
      also = {"17.32", "17.33", "17.34", "17.40", "17.41", "17.42", "17.43"})
  static final class ForgetsTheFormer extends Around {

    ForgetsTheFormer(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      forgetFormerOf(transport);
    }
  }

  /** Remembers the former protocol of the first connection only. */
  @Defect(
      breaks = "17.31",
      also = {"17.32", "17.33", "17.34", "17.40", "17.41", "17.42", "17.43"})
  static final class ForgetsLaterFormers extends Around {

    ForgetsLaterFormers(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      if (isLate()) {
        forgetFormerOf(transport);
      }
    }
  }

  /** Notifies the new protocol, too. */
  @Defect(
      breaks = "17.31",
      also = {"17.32", "17.40", "17.41", "17.42"})
  static final class TellsBoth extends Around {

    TellsBoth(LoopContext context) {
      super(context);
    }

    @Override
    void fail(Throwable thrown, StreamProtocol former, StreamProtocol fresh) {
      if (thrown instanceof IOException) {
        callSoon(() -> fresh.connectionLost(thrown));
      }
    }
  }

  /** Keeps the reason to itself. */
  @Defect(
      breaks = "17.31",
      also = {"17.32", "17.36", "17.40", "17.41", "17.42", "17.43", "17.46"})
  static final class KeepsTheReason extends Around {

    KeepsTheReason(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      transport.setProtocol(
          new Losing(transport.protocol()) {
            @Override
            public void connectionLost(@Nullable Throwable exception) {
              former.connectionLost(null);
            }
          });
    }
  }

  /** Forgets the protocol above a transport that speaks TLS. */
  @Defect(breaks = "17.32")
  static final class ForgetsTheFormerAboveTls extends Around {

    ForgetsTheFormerAboveTls(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      if (transport.extraInfo(ExtraInfo.SSL_SESSION).isPresent()) {
        forgetFormerOf(transport);
      }
    }
  }

  /** Forgets the protocol above the second transport that speaks TLS. */
  @Defect(breaks = "17.32")
  static final class ForgetsLaterFormersAboveTls extends Around {

    ForgetsLaterFormersAboveTls(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      if (isLate() && transport.extraInfo(ExtraInfo.SSL_SESSION).isPresent()) {
        forgetFormerOf(transport);
      }
    }
  }

  /** Notifies nobody of an end without a reason. */
  @Defect(
      breaks = "17.33",
      also = {"17.34", "17.42", "17.43"})
  static final class NeedsAReason extends Around {

    NeedsAReason(LoopContext context) {
      super(context);
    }

    @Override
    void prepare(Transport transport) {
      transport.setProtocol(
          new Losing(transport.protocol()) {
            @Override
            public void connectionLost(@Nullable Throwable exception) {
              if (exception != null) {
                former.connectionLost(exception);
              }
            }
          });
    }
  }

  /** Notifies the former protocol once more, from the second cancellation on. */
  @Defect(
      breaks = "17.33",
      also = {"17.34", "17.42"})
  static final class TellsTwice extends Around {

    TellsTwice(LoopContext context) {
      super(context);
    }

    @Override
    void fail(Throwable thrown, StreamProtocol former, StreamProtocol fresh) {
      if (isLate() && thrown instanceof CancelledError) {
        callSoon(() -> former.connectionLost(null));
      }
    }
  }

  /** Has the new protocol keep a connection that nobody has taken. */
  @Defect(
      breaks = "17.34",
      also = {"17.41"})
  static final class LeavesItToTheNewOne extends NetworkMutant {

    LeavesItToTheNewOne(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      return withoutChange(super.makeTlsTransport(request));
    }
  }

  /** Has the new protocol keep the second connection that nobody has taken. */
  @Defect(
      breaks = "17.34",
      also = {"17.41"})
  static final class LeavesLaterOnesToTheNewOne extends NetworkMutant {

    private int made;

    LeavesLaterOnesToTheNewOne(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      Transport transport = super.makeTlsTransport(request);
      return made++ > 0 ? withoutChange(transport) : transport;
    }
  }

  private static Transport withoutChange(Transport made) {
    return new ForwardingTransport(made) {
      @Override
      public void setProtocol(BaseProtocol protocol) {
        if (protocol instanceof BufferedProtocol) { // TLS that goes over it
          super.setProtocol(protocol);
        }
      }
    };
  }

  /** A loop that takes its time before it says that a handshake is done. */
  abstract static class Hesitating extends NetworkMutant {

    private final int first;
    private int made;

    Hesitating(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      boolean hesitates = ++made >= first && request.waiter().isPresent();
      return super.makeTlsTransport(hesitates ? later(request) : request);
    }

    private TlsTransportRequest later(TlsTransportRequest request) {
      Promise<@Nullable Void> waiter = request.waiter().orElseThrow();
      Promise<@Nullable Void> early = createFuture();
      early.addDoneCallback(
          done -> callSoon(() -> callSoon(() -> pass(early.exception().orElse(null), waiter))));
      return new TlsTransportRequest(
          request.carrier(),
          request.protocol(),
          request.options(),
          request.role(),
          Optional.of(early),
          request.owner(),
          request.context());
    }

    private static void pass(@Nullable Throwable failure, Promise<@Nullable Void> waiter) {
      if (failure == null) {
        complete(waiter);
      } else if (!waiter.isDone()) {
        waiter.setException(failure);
      }
    }
  }

  /** Calls the new protocol before its program has the transport. */
  @Defect(
      breaks = "17.35",
      also = {"17.3", "17.34"})
  static final class CallsTheNewOneFirst extends Hesitating {

    CallsTheNewOneFirst(LoopContext context) {
      super(context, 1);
    }
  }

  /** Calls the second new protocol before its program has the transport. */
  @Defect(
      breaks = "17.35",
      also = {"17.3", "17.34"})
  static final class CallsLaterNewOnesFirst extends Hesitating {

    CallsLaterNewOnesFirst(LoopContext context) {
      super(context, 2);
    }
  }

  /** A loop that goes on as before when a task does not wait for the handshake any more. */
  abstract static class GoingOn extends NetworkMutant {

    private final int first;
    private int calls;

    GoingOn(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      if (++calls < first) {
        return super.startTls(transport, protocol, options, role, received);
      }
      StreamProtocol former = transport.protocol();
      Transport open =
          new ForwardingTransport(transport) {
            @Override
            public void abort() {
              setProtocol(former);
            }
          };
      return super.startTls(open, protocol, options, role, received);
    }
  }

  /** Goes on in plain text. */
  @Defect(
      breaks = "17.36",
      also = {"17.25", "17.31", "17.33", "17.34", "17.40", "17.41", "17.42"})
  static final class GoesOnInPlainText extends GoingOn {

    GoesOnInPlainText(LoopContext context) {
      super(context, 1);
    }
  }

  /** Goes on in plain text when it happens again. */
  @Defect(
      breaks = "17.36",
      also = {"17.31", "17.33", "17.34", "17.40", "17.41", "17.42"})
  static final class GoesOnInPlainTextLater extends GoingOn {

    GoesOnInPlainTextLater(LoopContext context) {
      super(context, 3);
    }
  }
}
