package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.LoopsHere;

/** Defects of chapter 3: connections that accept foreign threads, or refuse others. */
final class ForeignTransportMutants {

  private ForeignTransportMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("3.21", "drops foreign writes in silence", DropsWrites::new)
            .also("3.23"),
        new ConnectionMutant("3.21", "takes foreign writes later", TakesWritesLater::new)
            .also("3.23"),
        new ConnectionMutant("3.21", "refuses the first write only", RefusesOnce::new).also("3.23"),
        new ConnectionMutant("3.21", "refuses in debug mode only", InDebugModeOnly::new)
            .also("3.23"),
        new ConnectionMutant("3.21", "lets foreign threads pause", LetsPause::new),
        new ConnectionMutant("3.21", "lets foreign threads set limits", LetsSetLimits::new),
        new ConnectionMutant("3.21", "lets foreign threads exchange it", LetsExchange::new),
        new ConnectionMutant("3.21", "lets child threads abort", LetsChildrenAbort::new),
        new ConnectionMutant("3.21", "drops writes of other loops", DropsWritesOfOthers::new)
            .also("3.23", "3.32"),
        new ConnectionMutant("3.21", "lets other loops pause if they insist", LetsOthersPause::new),
        new ConnectionMutant(
            "3.21", "lets others abort what is closed", LetsAbortWhatIsClosed::new),
        new ConnectionMutant("3.21", "is closed by who was refused", IsClosedByWhoWasRefused::new),
        new ConnectionMutant("3.22", "refuses questions", RefusesQuestions::new),
        new ConnectionMutant("3.22", "refuses questions of other loops", RefusesOthers::new),
        new ConnectionMutant("3.22", "refuses the second question", RefusesNextQuestion::new),
        new ConnectionMutant("3.28", "refuses others while it rests", RefusesWhileItRests::new),
        new ConnectionMutant("3.28", "refuses other loops while it rests", RefusesOtherLoops::new),
        new ConnectionMutant("3.28", "refuses close while it rests", KeepsOpenWhileItRests::new));
  }

  /** Swallows refusals, unless a subclass lets them through. */
  private abstract static class Lenient extends Tampering {

    private int refusals;

    boolean accepts(int refusal) {
      return true;
    }

    final void leniently(Runnable call) {
      try {
        call.run();
      } catch (WrongThreadException refused) {
        if (!accepts(++refusals)) {
          throw refused;
        }
      }
    }

    final boolean isOfStreams() {
      return user().getClass().getSimpleName().equals("StreamsProtocol");
    }
  }

  private static class DropsWrites extends Lenient {

    @Override
    public void write(ByteBuffer data) {
      leniently(() -> super.write(data));
    }
  }

  private static final class TakesWritesLater extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      try {
        super.write(data);
      } catch (WrongThreadException refused) {
        loop().callSoonThreadsafe(() -> super.write(data));
      }
    }
  }

  private static final class RefusesOnce extends DropsWrites {

    @Override
    boolean accepts(int refusal) {
      return refusal > 1;
    }
  }

  private static final class InDebugModeOnly extends DropsWrites {

    @Override
    boolean accepts(int refusal) {
      return !loop().isDebug();
    }
  }

  private static final class DropsWritesOfOthers extends DropsWrites {

    @Override
    boolean accepts(int refusal) {
      return CorrectLoop.onLoop();
    }
  }

  private static final class LetsOthersPause extends Lenient {

    private int others;

    @Override
    boolean accepts(int refusal) {
      return CorrectLoop.onLoop() && ++others > 1;
    }

    @Override
    public void pauseReading() {
      leniently(super::pauseReading);
    }
  }

  private static final class LetsAbortWhatIsClosed extends Lenient {

    @Override
    boolean accepts(int refusal) {
      return isClosing();
    }

    @Override
    public void abort() {
      leniently(super::abort);
    }
  }

  /** Refuses a close, and does nothing when the owner closes then. */
  private static class StaysOpenHavingRefused extends Tampering {

    boolean refused;

    boolean isConcerned() {
      return user().getClass().getSimpleName().equals("StreamsProtocol");
    }

    @Override
    public void close() {
      try {
        if (!refused) {
          super.close();
        }
      } catch (WrongThreadException foreign) {
        refused = isConcerned();
        throw foreign;
      }
    }
  }

  private static final class IsClosedByWhoWasRefused extends StaysOpenHavingRefused {

    @Override
    boolean isConcerned() {
      return !super.isConcerned();
    }

    @Override
    public void close() {
      if (refused) {
        LoopsHere.ensureOwner(loop(), "close");
      }
      super.close();
    }
  }

  private static final class LetsPause extends Lenient {

    @Override
    public void pauseReading() {
      leniently(super::pauseReading);
    }
  }

  private static final class LetsSetLimits extends Lenient {

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
      leniently(() -> super.setWriteBufferLimits(limits));
    }
  }

  private static final class LetsExchange extends Lenient {

    @Override
    public void setProtocol(BaseProtocol changed) {
      leniently(() -> inner().setProtocol(changed));
    }
  }

  private static final class LetsChildrenAbort extends Lenient {

    @Override
    boolean accepts(int refusal) {
      return Thread.currentThread().isVirtual();
    }

    @Override
    public void abort() {
      leniently(super::abort);
    }
  }

  private static final class RefusesQuestions extends Tampering {

    @Override
    public boolean isClosing() {
      if (loop().isRunning() && !CorrectLoop.onLoop()) {
        throw new WrongThreadException("only looking is refused");
      }
      return super.isClosing();
    }
  }

  private static final class RefusesOthers extends Tampering {

    @Override
    public boolean isReading() {
      if (loop().isRunning() && CorrectLoop.onLoop() && Asyncio.runningLoop() != loop()) {
        throw new WrongThreadException("only looking is refused");
      }
      return super.isReading();
    }
  }

  private static final class RefusesNextQuestion extends Tampering {

    private int questions;

    @Override
    public long writeBufferSize() {
      if (loop().isRunning() && !CorrectLoop.onLoop() && ++questions > 1) {
        throw new WrongThreadException("only looking is refused");
      }
      return super.writeBufferSize();
    }
  }

  private static final class RefusesWhileItRests extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (!loop().isRunning()) {
        throw new WrongThreadException("the loop rests");
      }
      super.write(data);
    }
  }

  private static final class RefusesOtherLoops extends Tampering {

    @Override
    public void write(ByteBuffer data) {
      if (!loop().isRunning() && CorrectLoop.onLoop()) {
        throw new WrongThreadException("another loop runs here");
      }
      super.write(data);
    }
  }

  private static final class KeepsOpenWhileItRests extends Tampering {

    @Override
    public void close() {
      if (loop().isRunning()) {
        super.close();
      }
    }
  }

  /** Connections that speak TLS take writes of any thread. */
  @Defect(breaks = "3.29")
  static final class DropsForeignWritesToTls extends TlsMutant.Tampered {

    DropsForeignWritesToTls(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new DropsWrites();
    }
  }

  /** Connections that speak TLS refuse once. */
  @Defect(breaks = "3.29")
  static final class RefusesForeignWritesToTlsOnce extends TlsMutant.Tampered {

    RefusesForeignWritesToTlsOnce(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new RefusesOnce();
    }
  }

  /** Connections that speak TLS take writes of other loops. */
  @Defect(breaks = "3.29")
  static final class DropsWritesOfOthersToTls extends TlsMutant.Tampered {

    DropsWritesOfOthersToTls(LoopContext context) {
      super(context);
    }

    @Override
    Tampering tampering() {
      return new DropsWritesOfOthers();
    }
  }
}
