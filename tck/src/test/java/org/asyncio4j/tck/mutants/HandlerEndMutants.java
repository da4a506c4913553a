package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;

/** Defects of chapters 11 and 16 that concern who has ended a connection. */
final class HandlerEndMutants {

  private HandlerEndMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.46", "warns of what is dropped", WarnsOfDrops::new),
        new ConnectionMutant("11.46", "warns of many that are dropped", WarnsOfManyDrops::new),
        new ConnectionMutant("16.39", "takes an abort for an end of the peer", EndsBefore::new),
        new ConnectionMutant("16.39", "is lost with a reason when aborted", AbortsForAReason::new),
        new ConnectionMutant("16.42", "loses files without a reason", LosesFilesQuietly::new));
  }

  private static class WarnsOfDrops extends Tampering {

    private boolean lost;

    @Override
    void onLost(Throwable reason) {
      lost = reason != null;
      super.onLost(reason);
    }

    @Override
    public void write(ByteBuffer data) {
      if (lost && warns()) {
        System.getLogger("org.asyncio4j").log(Level.WARNING, "dropped by " + inner());
      }
      super.write(data);
    }

    final boolean isLost() {
      return lost;
    }

    boolean warns() {
      return true;
    }

    @Override
    public String toString() {
      return inner().toString();
    }
  }

  private static final class WarnsOfManyDrops extends WarnsOfDrops {

    private int writes;

    @Override
    public void write(ByteBuffer data) {
      writes = isLost() ? writes + 1 : 0;
      super.write(data);
    }

    @Override
    boolean warns() {
      return writes > 20;
    }
  }

  private static final class EndsBefore extends Tampering {

    private boolean aborted;

    @Override
    public void abort() {
      aborted = true;
      super.abort();
    }

    @Override
    void onLost(Throwable reason) {
      if (aborted && reason == null) {
        boolean ignored = user().eofReceived();
      }
      super.onLost(reason);
    }
  }

  private static final class AbortsForAReason extends Tampering {

    private boolean aborted;

    @Override
    public void abort() {
      aborted = true;
      super.abort();
    }

    @Override
    void onLost(Throwable reason) {
      super.onLost(aborted && reason == null ? new IOException("aborted") : reason);
    }
  }

  private static final class LosesFilesQuietly extends Tampering {

    @Override
    void onLost(Throwable reason) {
      super.onLost(user().getClass().getName().contains("SendFilePacing") ? null : reason);
    }
  }

  /** Does not report certain failures. */
  private abstract static class Discarding extends NetworkMutant {

    private final Predicate<Throwable> discarded;

    Discarding(LoopContext context, Predicate<Throwable> discarded) {
      super(context);
      this.discarded = discarded;
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
      if (report.exception().filter(discarded).isEmpty()) {
        super.callExceptionHandler(report);
      }
    }
  }

  /** Takes every early end for the fault of a client. */
  @Defect(breaks = "16.39", also = "16.43")
  static final class ReportsNoIncompleteRead extends Discarding {

    ReportsNoIncompleteRead(LoopContext context) {
      super(context, IncompleteReadException.class::isInstance);
    }
  }

  /** Takes everything that is too long for the fault of a client. */
  @Defect(breaks = "16.43")
  static final class ReportsNoOverrun extends Discarding {

    ReportsNoOverrun(LoopContext context) {
      super(context, LimitOverrunException.class::isInstance);
    }
  }

  /** Takes every use of a lost connection for the fault of a client. */
  @Defect(breaks = "16.43", also = "16.39")
  static final class ReportsNoUseAfterLoss extends Discarding {

    ReportsNoUseAfterLoss(LoopContext context) {
      super(context, thrown -> thrown.getMessage().startsWith("connection must be open"));
    }
  }

  /** Looks at the first exception alone that another one suppresses. */
  @Defect(breaks = "16.41")
  static final class LooksAtTheFirstSuppressed extends Discarding {

    LooksAtTheFirstSuppressed(LoopContext context) {
      super(context, thrown -> isIo(thrown.getSuppressed(), 0));
    }
  }

  /** Looks at the last exception alone that another one suppresses. */
  @Defect(breaks = "16.41")
  static final class LooksAtTheLastSuppressed extends Discarding {

    LooksAtTheLastSuppressed(LoopContext context) {
      super(context, thrown -> isIo(thrown.getSuppressed(), thrown.getSuppressed().length - 1));
    }
  }

  /** Looks at what an exception suppresses, but not at what that suppresses. */
  @Defect(breaks = "16.41")
  static final class LooksNotDeepEnough extends Discarding {

    LooksNotDeepEnough(LoopContext context) {
      super(
          context,
          thrown ->
              thrown.getSuppressed().length > 0
                  && List.of(thrown.getSuppressed()).stream()
                      .allMatch(IOException.class::isInstance));
    }
  }

  private static boolean isIo(Throwable[] suppressed, int place) {
    return suppressed.length > 0 && suppressed[place] instanceof IOException;
  }

  /** Reports that a server aborts its clients. */
  @Defect(breaks = "16.40")
  static final class ReportsAbortedClients extends NetworkMutant {

    ReportsAbortedClients(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void abortClients() {
          super.abortClients();
          callExceptionHandler(ErrorReport.of("clients were aborted"));
        }
      };
    }
  }

  /** Reports that a server closes its clients, but not the first time. */
  @Defect(breaks = "16.40")
  static final class ReportsClosedClients extends NetworkMutant {

    private int times;

    ReportsClosedClients(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void closeClients() {
          super.closeClients();
          if (++times > 1) {
            callExceptionHandler(ErrorReport.of("clients were closed"));
          }
        }
      };
    }
  }

  /** Does not report what fails after the server has aborted its clients. */
  @Defect(breaks = "16.40")
  static final class ReportsNothingAfterAnAbort extends NetworkMutant {

    private boolean aborted;

    ReportsNothingAfterAnAbort(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public void abortClients() {
          aborted = true;
          super.abortClients();
        }
      };
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
      if (!aborted) {
        super.callExceptionHandler(report);
      }
    }
  }
}
