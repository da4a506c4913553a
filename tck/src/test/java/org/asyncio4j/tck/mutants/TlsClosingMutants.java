package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.TlsTruncationException;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;

/** Defects of chapter 17 that concern how TLS ends. */
final class TlsClosingMutants {

  private TlsClosingMutants() {}

  /** Closes without a word. */
  @Defect(
      breaks = "17.16",
      also = {"17.18", "17.19", "17.20", "17.21", "17.22", "17.26", "17.27"})
  static final class ClosesWithoutAWord extends TlsMutant.Tampered {

    ClosesWithoutAWord(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void close() {
          abort();
        }
      };
    }
  }

  /** Takes any end for a proper one, as asyncio does. */
  @Defect(breaks = "17.17")
  static final class TakesAnyEndForProper extends TlsMutant.Tampered {

    TakesAnyEndForProper(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        void onLost(Throwable reason) {
          if (reason instanceof TlsTruncationException) {
            boolean ignored = onEof();
            super.onLost(null);
          } else {
            super.onLost(reason);
          }
        }
      };
    }
  }

  /** Drops what the system has not taken when it closes. */
  @Defect(breaks = "17.18")
  static final class DropsWhatWaits extends TlsMutant.Tampered {

    DropsWhatWaits(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void close() {
          if (writeBufferSize() > 0) {
            abort();
          } else {
            super.close();
          }
        }
      };
    }
  }

  /** Refuses what comes too late. */
  @Defect(breaks = "17.19")
  static final class RefusesLateWrites extends TlsMutant.Tampered {

    RefusesLateWrites(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void write(ByteBuffer data) {
          if (isClosing()) {
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
  static final class ClosesLate extends TlsMutant.Tampered {

    ClosesLate(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public void close() {
          callLater(Duration.ofMillis(50), super::close);
        }
      };
    }
  }

  /** Has its own idea of how long a peer may take to answer. */
  @Defect(breaks = "17.21")
  static final class IsPatientAtTheEnd extends TlsMutant.WithOptions {

    IsPatientAtTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    TlsOptions changed(TlsOptions asked, TlsRole role) {
      return asked.withShutdownLimit(Duration.ofSeconds(60));
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
}
