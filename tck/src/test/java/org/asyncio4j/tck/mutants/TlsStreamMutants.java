package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;

/** Defects of chapter 17 that concern what goes through TLS. */
final class TlsStreamMutants {

  private TlsStreamMutants() {}

  /** Gives every lent buffer the first bytes again that did not fit. */
  @Defect(breaks = "17.11")
  static final class LosesWhatDoesNotFit extends TlsMutant {

    LosesWhatDoesNotFit(LoopContext context) {
      super(context);
    }

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return request.protocol() instanceof BufferedProtocol lender
          ? withProtocol(request, new LossyLending(lender))
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
  static final class DoesNotPause extends TlsMutant.Tampered {

    DoesNotPause(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
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
  static final class PausesLate extends TlsMutant.Tampered {

    PausesLate(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        private boolean wanted;

        @Override
        public void pauseReading() {
          wanted = true;
          callLater(
              Duration.ofMillis(50),
              () -> {
                if (wanted) {
                  super.pauseReading();
                }
              });
        }

        @Override
        public void resumeReading() {
          wanted = false;
          super.resumeReading();
        }
      };
    }
  }

  /** Does not tell that it is full. */
  @Defect(breaks = "17.14")
  static final class PacesNobody extends TlsMutant.Tampered {

    PacesNobody(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        void onPause() {
          // It will not hurt.
        }
      };
    }
  }

  /** Knows of TLS and of nothing else. */
  @Defect(breaks = "17.15")
  static final class DoesNotKnowBelow extends TlsMutant.Tampered {

    DoesNotKnowBelow(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new Tampering() {
        @Override
        public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
          return key == ExtraInfo.PEERNAME ? Optional.empty() : super.extraInfo(key);
        }
      };
    }
  }
}
