package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapters 11 and 16 that concern clients which fail, or are gone. */
final class ClientFaultMutants {

  private ClientFaultMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.45", "is not lost while a file is sent", KeepsSending::new),
        new ConnectionMutant("11.45", "loses files without a reason", LosesFilesQuietly::new),
        new ConnectionMutant("16.30", "reports resets", ReportsResets::new)
            .also(
                "16.9", "16.12", "16.14", "16.16", "16.31", "16.32", "16.33", "16.36", "16.37",
                "16.41", "16.42"),
        new ConnectionMutant("16.31", "stays open after an end", StaysOpenAfterEnd::new)
            .also("16.4", "16.34"),
        new ConnectionMutant("16.31", "stays open after a lot", StaysOpenAfterMuch::new)
            .also("16.6", "16.7"),
        new ConnectionMutant("16.33", "does not notice resets", NoticesNoReset::new)
            .also("16.14", "16.30", "16.32", "16.36", "16.37", "16.41", "16.42"),
        new ConnectionMutant("16.34", "takes an end for a loss", TakesEndForLoss::new)
            .also("16.4", "16.16", "16.31", "16.39"),
        new ConnectionMutant("16.34", "loses clients that have asked", LosesAfterQuestion::new)
            .also("16.4", "16.31"),
        new ConnectionMutant("16.36", "does not notice on Unix sockets", NoticesNoUnixLoss::new),
        new ConnectionMutant("16.38", "cancels tasks that close", CancelsWhoCloses::new)
            .also("16.17", "16.18", "16.34", "16.39"),
        new ConnectionMutant("16.38", "cancels writers that close", CancelsWriters::new)
            .also("16.17", "16.18", "16.34"));
  }

  private abstract static class WithFiles extends Tampering {

    final boolean sendsFile() {
      return user().getClass().getName().contains("SendFilePacing");
    }
  }

  private static final class KeepsSending extends WithFiles {

    @Override
    void onLost(Throwable reason) {
      if (!sendsFile()) {
        super.onLost(reason);
      }
    }
  }

  private static final class LosesFilesQuietly extends WithFiles {

    @Override
    void onLost(Throwable reason) {
      super.onLost(sendsFile() ? null : reason);
    }
  }

  private static class ReportsResets extends Tampering {

    @Override
    void onLost(Throwable reason) {
      if (reason != null) {
        loop().callExceptionHandler(ErrorReport.of("lost").withException(reason));
      }
      super.onLost(reason);
    }
  }

  private static final class StaysOpenAfterEnd extends Tampering {

    private boolean ended;

    @Override
    boolean onEof() {
      ended = true;
      return super.onEof();
    }

    @Override
    public void close() {
      if (!ended) {
        super.close();
      }
    }
  }

  private static final class StaysOpenAfterMuch extends Tampering {

    private long heard;

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      heard += data.remaining();
      super.onData(protocol, data);
    }

    @Override
    public void close() {
      if (heard < 64 * 1024) {
        super.close();
      }
    }
  }

  private static final class NoticesNoReset extends Tampering {

    private boolean written;
    private boolean heard;
    private boolean paused;

    @Override
    public void write(ByteBuffer data) {
      written = true;
      super.write(data);
    }

    @Override
    void onPause() {
      paused = true;
      super.onPause();
    }

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      heard = true;
      super.onData(protocol, data);
    }

    @Override
    void onLost(Throwable reason) {
      if (reason == null || !written || heard || paused) {
        super.onLost(reason);
      }
    }
  }

  private static final class TakesEndForLoss extends Tampering {

    @Override
    boolean onEof() {
      inner().abort();
      return true;
    }
  }

  private static final class LosesAfterQuestion extends Tampering {

    private boolean heard;

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      heard = true;
      super.onData(protocol, data);
    }

    @Override
    boolean onEof() {
      if (heard) {
        boolean ignored = super.onEof();
        inner().abort();
        return true;
      }
      return super.onEof();
    }
  }

  private static final class NoticesNoUnixLoss extends Tampering {

    @Override
    void onLost(Throwable reason) {
      if (reason == null || !(socket().localAddress() instanceof UnixDomainSocketAddress)) {
        super.onLost(reason);
      }
    }
  }

  private static class CancelsWhoCloses extends Tampering {

    boolean cancels() {
      return true;
    }

    @Override
    public void close() {
      super.close();
      if (cancels()) {
        loop().currentTask().ifPresent(Task::cancel);
      }
    }
  }

  private static final class CancelsWriters extends CancelsWhoCloses {

    private boolean written;

    @Override
    public void write(ByteBuffer data) {
      written = true;
      super.write(data);
    }

    @Override
    boolean cancels() {
      return written;
    }
  }

  /** Takes every IOException for the fault of a client. */
  @Defect(
      breaks = "16.32",
      also = {"16.39", "16.40", "16.41", "16.43"})
  static final class ReportsNoIoException extends NetworkMutant {

    ReportsNoIoException(LoopContext context) {
      super(context);
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
      if (report.exception().filter(IOException.class::isInstance).isEmpty()) {
        super.callExceptionHandler(report);
      }
    }
  }

  /** Reports once and no more. */
  @Defect(
      breaks = "16.32",
      also = {"16.39", "16.41", "16.43"})
  static final class ReportsTheFirstFailureOnly extends NetworkMutant {

    private final AtomicInteger reports = new AtomicInteger();

    ReportsTheFirstFailureOnly(LoopContext context) {
      super(context);
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
      if (reports.incrementAndGet() == 1) {
        super.callExceptionHandler(report);
      }
    }
  }

  /** Cancels the task of one handler and no more. */
  @Defect(
      breaks = "16.33",
      also = {"16.35", "16.36", "16.37", "16.44"})
  static final class CancelsOneHandlerOnly extends NetworkMutant {

    private boolean cancelled;

    CancelsOneHandlerOnly(LoopContext context) {
      super(context);
    }

    @Override
    public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
      return new BuiltinTask<T>(this, body, options) {
        @Override
        public boolean cancel(String message) {
          if (cancelled) {
            return false;
          }
          cancelled = true;
          return super.cancel(message);
        }
      };
    }
  }

  private static final class NoticesNoTlsLoss extends Tampering {

    @Override
    void onLost(Throwable reason) {
      if (reason != null) {
        super.onLost(reason);
      }
    }
  }

  /** Does not tell that TLS has ended well. */
  @Defect(breaks = "16.35", also = "16.44")
  static final class NoticesNoEndOfTls extends TlsMutant.Tampered {

    NoticesNoEndOfTls(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new NoticesNoTlsLoss();
    }
  }

  /** Notifies the first two connections that speak TLS of their end: those of one client. */
  @Defect(breaks = "16.35", also = "16.44")
  static final class NoticesTheFirstEndOfTls extends TlsMutant.Tampered {

    private int connections;

    NoticesTheFirstEndOfTls(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return ++connections > 2 ? new NoticesNoTlsLoss() : new Tampering();
    }
  }

  /** Is held by a body that blocks. */
  @Mutant(rule = "16.37")
  static EventLoop isHeldByAHandlerThatBlocks(LoopContext context) {
    return new CorrectLoop(context.withCoroutines(CoroutineMode.HANDOFF));
  }

  /** Interrupts no body. */
  @Mutant(rule = "16.37")
  static EventLoop interruptsNoHandlerThatBlocks(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(body, options.withInterruptOnCancel(false));
      }
    };
  }

  /** Reports the reset of the second connection, and of none before. */
  @Defect(
      breaks = "16.30",
      also = {"16.33", "16.36", "16.37", "16.41", "16.42"})
  static final class ReportsTheSecondReset extends NetworkMutant {

    private int connections;

    ReportsTheSecondReset(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Tampering tampering = ++connections == 2 ? new ReportsResets() : new Tampering();
      return tampering.open(this, request, super::makeSocketTransport);
    }
  }

  /** Does not notice the second reset of a Unix connection. */
  @Defect(breaks = "16.36")
  static final class NoticesOneUnixLoss extends NetworkMutant {

    private int connections;

    NoticesOneUnixLoss(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      boolean unix = request.socket().localAddress() instanceof UnixDomainSocketAddress;
      Tampering tampering = unix && ++connections == 2 ? new NoticesNoUnixLoss() : new Tampering();
      return tampering.open(this, request, super::makeSocketTransport);
    }
  }
}
