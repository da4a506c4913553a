package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsConfigurationException;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;
import org.jspecify.annotations.Nullable;

/** Defects of chapter 17 that concern mistakes of this end: freed memory, servers without a key. */
final class TlsMistakeMutants {

  private TlsMistakeMutants() {}

  /** Looks at the first buffer only, and leaves out others that cannot be used. */
  @Defect(breaks = "17.44")
  static final class LooksAtTheFirstBuffer extends TlsMutant.Tampered {

    LooksAtTheFirstBuffer(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void writeLines(List<ByteBuffer> buffers) {
          List<ByteBuffer> taken = new ArrayList<>(buffers);
          taken.removeIf(
              buffer -> buffer != buffers.getFirst() && !BufferMemoryMutants.isUsable(buffer));
          super.writeLines(taken);
        }
      };
    }
  }

  /** Encrypts what comes before memory that was freed. */
  @Defect(breaks = "17.44")
  static final class EncryptsAhead extends TlsMutant.Tampered {

    EncryptsAhead(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void writeLines(List<ByteBuffer> buffers) {
          buffers.forEach(super::write);
        }
      };
    }
  }

  /** Encrypts what comes before memory that was freed, from the second refusal on. */
  @Defect(breaks = "17.44")
  static final class EncryptsAheadLater extends TlsMutant.Tampered {

    EncryptsAheadLater(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        private int refused;

        @Override
        public void writeLines(List<ByteBuffer> buffers) {
          try {
            super.writeLines(buffers);
          } catch (IllegalStateException freed) {
            if (++refused > 4) {
              super.write(buffers.getFirst());
            }
            throw freed;
          }
        }
      };
    }
  }

  /** A loop that does not report every mistake of a server. */
  abstract static class Silent extends NetworkMutant {

    private final int first;
    private int mistakes;

    Silent(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
      boolean mistake = report.exception().orElse(null) instanceof TlsConfigurationException;
      if (!mistake || ++mistakes < first) {
        super.callExceptionHandler(report);
      }
    }
  }

  /** Takes the failure of a server without a key for what its peer does. */
  @Defect(breaks = "17.45")
  static final class BlamesThePeer extends Silent {

    BlamesThePeer(LoopContext context) {
      super(context, 1);
    }
  }

  /** Blames the peer, but not for the first two failures. */
  @Defect(breaks = "17.45")
  static final class BlamesThePeerLater extends Silent {

    BlamesThePeerLater(LoopContext context) {
      super(context, 3);
    }
  }

  /** Throws in {@code startTls} what JSSE does not tell apart. */
  @Defect(breaks = "17.45")
  static final class ThrowsWhatJsseThrows extends NetworkMutant {

    ThrowsWhatJsseThrows(LoopContext context) {
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
      try {
        return super.startTls(transport, protocol, options, role, received);
      } catch (TlsConfigurationException mistake) {
        throw mistake.getCause() instanceof SSLHandshakeException cause ? cause : mistake;
      }
    }
  }

  /** A loop that takes its refusals of clients for mistakes. */
  abstract static class SelfCritical extends NetworkMutant {

    private final int first;
    private int refusals;

    SelfCritical(LoopContext context, int first) {
      super(context);
      this.first = first;
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      if (request.waiter().isPresent()) {
        return super.makeTlsTransport(request);
      }
      Promise<@Nullable Void> done = createFuture();
      done.addDoneCallback(over -> report(over.exception().orElse(null)));
      return super.makeTlsTransport(
          new TlsTransportRequest(
              request.carrier(),
              request.protocol(),
              request.options(),
              request.role(),
              Optional.of(done),
              request.owner(),
              request.context()));
    }

    private void report(@Nullable Throwable failure) {
      if (failure instanceof TlsConfigurationException
          || (failure instanceof SSLHandshakeException && isRefusal(failure))) {
        callExceptionHandler(
            ErrorReport.of("a server has refused a client").withException(failure));
      }
    }

    private boolean isRefusal(Throwable failure) {
      return String.valueOf(failure.getMessage()).contains("authentication scheme")
          && ++refusals >= first;
    }
  }

  /** Takes every refusal of a client for a mistake. */
  @Defect(breaks = "17.46")
  static final class BlamesItself extends SelfCritical {

    BlamesItself(LoopContext context) {
      super(context, 1);
    }
  }

  /** Takes every refusal but the first for a mistake. */
  @Defect(breaks = "17.46")
  static final class BlamesItselfLater extends SelfCritical {

    BlamesItselfLater(LoopContext context) {
      super(context, 2);
    }
  }
}
