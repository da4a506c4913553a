package org.asyncio4j.tck.mutants.threads;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.asyncio4j.Asyncio;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Seam;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 3: connections, servers and streams that accept foreign threads, or refuse others. */
public final class ForeignTransportMutants extends Defects {

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  public ForeignTransportMutants() {
    writes();
    otherMethods();
    questions();
    servers();
    rests();
    tls();
    streams();
  }

  private void writes() {
    defect("3.21", "drops foreign writes in silence")
        .also("3.23")
        .connections(it -> accept(it.write, Turn.always()));

    defect("3.21", "takes foreign writes later")
        .also("3.23")
        .connections(it ->
            it.write.instead((correct, data) -> {
              try {
                correct.call(data);
              } catch (WrongThreadException refused) {
                it.loop().callSoonThreadsafe(correct.later(data));
              }
            }));

    defect("3.21", "refuses the first write only")
        .also("3.23")
        .connections(it -> accept(it.write, Turn.fromSecond()));

    defect("3.21", "refuses in debug mode only")
        .also("3.23")
        .connections(
            it -> it.write.swallowing(WrongThreadException.class, _ -> !it.loop().isDebug()));

    defect("3.21", "drops writes of other loops")
        .also("3.23", "3.32")
        .connections(it -> acceptFromOtherLoops(it.write, Turn.always()));
  }

  /** Swallows some refusals. */
  static void accept(Seam<?, ?> method, Turn accepted) {
    method.swallowing(WrongThreadException.class, _ -> accepted.getAsBoolean());
  }

  /** Swallows some refusals where another loop runs. */
  static void acceptFromOtherLoops(Seam<?, ?> method, Turn accepted) {
    method.swallowing(
        WrongThreadException.class, _ -> MutantLoop.onLoop() && accepted.getAsBoolean());
  }

  private void otherMethods() {
    defect("3.21", "lets foreign threads pause")
        .connections(it -> accept(it.pauseReading, Turn.always()));

    defect("3.21", "lets foreign threads set limits")
        .connections(it -> accept(it.setWriteBufferLimits, Turn.always()));

    defect("3.21", "lets foreign threads exchange it")
        .connections(it -> accept(it.setProtocol, Turn.always()));

    defect("3.21", "lets child threads abort")
        .connections(it ->
            it.abort.swallowing(
                WrongThreadException.class, _ -> Thread.currentThread().isVirtual()));

    defect("3.21", "lets other loops pause if they insist")
        .connections(it -> acceptFromOtherLoops(it.pauseReading, Turn.fromSecond()));

    defect("3.21", "lets others abort what is closed")
        .connections(
            it -> it.abort.swallowing(WrongThreadException.class, _ -> it.correct().isClosing()));

    defect("3.21", "is closed by a thread that it refused before")
        .connections(it -> stayOpenOnceRefused(it.close, it.loop(), () -> !isOfStreams(it)));
  }

  /** Refuses a close, and does nothing when the owner closes then. */
  static void stayOpenOnceRefused(
      Seam<Void, Void> close, MutantLoop loop, BooleanSupplier isConcerned) {
    Flag refused = new Flag();
    close.instead((correct, _) -> {
      if (refused.isSet()) {
        RunningLoop.ensureOwner(loop, "close");
        return;
      }
      try {
        correct.call();
      } catch (WrongThreadException foreign) {
        refused.put(isConcerned.getAsBoolean());
        throw foreign;
      }
    });
  }

  private static boolean isOfStreams(ConnectionSeams it) {
    return it.user().getClass().getSimpleName().equals("StreamsProtocol");
  }

  private void questions() {
    defect("3.22", "refuses questions")
        .connections(it -> refuse(it.isClosing, () -> isForeign(it.loop())));

    defect("3.22", "refuses questions of other loops")
        .connections(it ->
            refuse(
                it.isReading,
                () ->
                    it.loop().isRunning()
                        && MutantLoop.onLoop()
                        && Asyncio.runningLoop() != it.loop()));

    defect("3.22", "refuses the second question")
        .connections(it -> {
          Turn refused = Turn.fromSecond();
          refuse(it.writeBufferSize, () -> isForeign(it.loop()) && refused.getAsBoolean());
        });
  }

  private static void refuse(Seam<?, ?> method, BooleanSupplier isRefused) {
    method.refuse(isRefused, () -> new WrongThreadException("this thread is refused"));
  }

  private static boolean isForeign(MutantLoop loop) {
    return loop.isRunning() && !MutantLoop.onLoop();
  }

  private void servers() {
    defect("3.25", "lets foreign threads close a server")
        .loop(loop ->
            loop.servers(
                loop.createServer,
                it ->
                    it.close.instead((correct, _) -> {
                      try {
                        correct.call();
                      } catch (WrongThreadException accepted) {
                        loop.callSoonThreadsafe(correct.later());
                      }
                    })));

    defect("3.25", "lets foreign threads abort clients at the second call")
        .servers(it -> accept(it.abortClients, Turn.fromSecond()));

    defect("3.25", "lets other loops close clients")
        .servers(it -> acceptFromOtherLoops(it.closeClients, Turn.always()));

    defect("3.25", "is closed again by any thread")
        .servers(
            it -> it.close.swallowing(WrongThreadException.class, _ -> !it.correct().isServing()));

    defect("3.25", "closes clients for any thread once it is closed")
        .servers(it ->
            it.closeClients.swallowing(WrongThreadException.class, _ -> !it.correct().isServing()));

    defect("3.25", "lets any thread abort clients if there is none")
        .servers(
            it -> it.abortClients.swallowing(WrongThreadException.class, _ -> it.hasNoClient()));

    defect("3.25", "lets any thread see the end")
        .servers(it ->
            it.waitClosed.swallowing(
                WrongThreadException.class, _ -> !it.correct().isServing() && it.hasNoClient()));
  }

  private void rests() {
    defect("3.28", "refuses others while it rests")
        .connections(it -> refuse(it.write, () -> !it.loop().isRunning()));

    defect("3.28", "refuses other loops while it rests")
        .connections(it -> refuse(it.write, () -> !it.loop().isRunning() && MutantLoop.onLoop()));

    defect("3.28", "refuses close while it rests")
        .connections(it -> it.close.onlyIf(it.loop()::isRunning));
  }

  private void tls() {
    defect("3.29", "drops foreign writes to TLS")
        .tlsConnections(it -> accept(it.write, Turn.always()));

    defect("3.29", "refuses foreign writes to TLS once")
        .tlsConnections(it -> accept(it.write, Turn.fromSecond()));

    defect("3.29", "drops writes of other loops to TLS")
        .tlsConnections(it -> acceptFromOtherLoops(it.write, Turn.always()));
  }

  // They ask their loop first, so only a loop that lies to them can let others in.
  private void streams() {
    defect("3.23", "lets streams write").loop(loop -> deny(loop, "write"::equals));

    defect("3.23", "lets streams of other loops close")
        .also("3.32")
        .loop(loop ->
            deny(loop, method -> method.equals("close") && RunningLoop.runningLoop() != null));

    defect("3.32", "lets streams close").also("3.23").loop(loop -> deny(loop, "close"::equals));

    defect("3.32", "lets streams close once it has refused")
        .also("3.23")
        .loop(loop -> {
          AtomicInteger calls = new AtomicInteger();
          deny(loop, method -> method.equals("close") && calls.incrementAndGet() > 10);
        });
  }

  /** Denies that the loop runs when a method of a writer asks. */
  private static void deny(MutantLoop loop, Predicate<String> isDenied) {
    loop.isRunning.returns(running ->
        running
            && !STACK.walk(frames ->
                frames
                    .filter(frame -> StreamWriter.class.isAssignableFrom(frame.getDeclaringClass()))
                    .findFirst()
                    .map(frame -> isDenied.test(frame.getMethodName()))
                    .orElse(false)));
  }
}
