package org.asyncio4j.tck.mutants.threads;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 3: calls from foreign threads. */
public final class ForeignThreadMutants extends Defects {

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  public ForeignThreadMutants() {
    defect("3.21 also .23", "drops foreign writes in silence")
        .connections(it -> accept(it.write, Turn.always()));
    defect("3.21 also .23", "takes foreign writes later")
        .connections(it ->
            it.write.instead((correct, data) -> {
              try {
                correct.call(data);
              } catch (WrongThreadException refused) {
                it.loop().callSoonThreadsafe(correct.later(data));
              }
            }));
    defect("3.21 also .23", "refuses the first write only")
        .connections(it -> accept(it.write, Turn.from(2)));
    defect("3.21 also .23", "refuses in debug mode only")
        .connections(
            it -> it.write.swallowing(WrongThreadException.class, _ -> !it.loop().isDebug()));
    defect("3.21 also .23, .32", "drops writes of other loops")
        .connections(it -> acceptFromOtherLoops(it.write, Turn.always()));
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
        .connections(it -> acceptFromOtherLoops(it.pauseReading, Turn.from(2)));
    defect("3.21", "lets others abort what is closed")
        .connections(
            it -> it.abort.swallowing(WrongThreadException.class, _ -> it.correct().isClosing()));
    defect("3.21", "is closed by a thread that it refused before")
        .connections(it ->
            stayOpenOnceRefused(
                it.close,
                it.loop(),
                () -> !it.user().getClass().getSimpleName().equals("StreamsProtocol")));
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
          Turn refused = Turn.from(2);
          refuse(it.writeBufferSize, () -> isForeign(it.loop()) && refused.comes());
        });
    defect("3.23", "lets streams write").loop(loop -> deny(loop, "write"::equals));
    defect("3.23 also .32", "lets streams of other loops close")
        .loop(loop ->
            deny(loop, method -> method.equals("close") && RunningLoop.runningLoop() != null));
    defect("3.24", "sends for any thread")
        .endpoints(
            it -> it.sendTo.catching(WrongThreadException.class, (_, sending) -> sending.take()));
    defect("3.24", "aborts for a foreign thread at the second call")
        .endpoints(it -> accept(it.abort, Turn.from(2)));
    defect("3.24", "pauses for other loops")
        .endpoints(it -> acceptFromOtherLoops(it.pauseReading, Turn.always()));
    defect("3.24", "stays open once it has refused")
        .endpoints(it -> stayOpenOnceRefused(it.close, it.loop(), () -> true));
    defect("3.25", "lets foreign threads close a server")
        .loop(loop ->
            loop.servers(it ->
                it.close.instead((correct, _) -> {
                  try {
                    correct.call();
                  } catch (WrongThreadException accepted) {
                    loop.callSoonThreadsafe(correct.later());
                  }
                })));
    defect("3.25", "lets foreign threads abort clients at the second call")
        .servers(it -> accept(it.abortClients, Turn.from(2)));
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
    defect("3.26", "closes sockets for other loops")
        .listeners(it -> acceptFromOtherLoops(it.close, Turn.always()));
    defect("3.26", "closes sockets for any thread").sockets(it -> accept(it.close, Turn.always()));
    defect("3.26", "lets foreign threads read options of sockets at the third call")
        .sockets(it -> accept(it.option, Turn.from(3)));
    defect("3.27", "rests for events elsewhere")
        .loop(loop ->
            loop.isRunning.returns(
                running -> running && !(MutantLoop.onLoop() && isAskedBy("AsyncEvent"))));
    defect("3.27", "rests for queues that ask again")
        .loop(loop ->
            loop.isRunning.returns(running ->
                running && !(isAskedBy("AsyncQueue") && loop.shared(Turn.from(2)).comes())));
    defect("3.27", "rests for barriers")
        .loop(loop -> loop.isRunning.returns(running -> running && !isAskedBy("AsyncBarrier")));
    defect("3.28", "refuses others while it rests")
        .connections(it -> refuse(it.write, () -> !it.loop().isRunning()));
    defect("3.28", "refuses other loops while it rests")
        .connections(it -> refuse(it.write, () -> !it.loop().isRunning() && MutantLoop.onLoop()));
    defect("3.28", "refuses close while it rests")
        .connections(it -> it.close.onlyIf(it.loop()::isRunning));
    defect("3.29", "drops foreign writes to TLS")
        .tlsConnections(it -> accept(it.write, Turn.always()));
    defect("3.29", "refuses foreign writes to TLS once")
        .tlsConnections(it -> accept(it.write, Turn.from(2)));
    defect("3.29", "drops writes of other loops to TLS")
        .tlsConnections(it -> acceptFromOtherLoops(it.write, Turn.always()));
    defect("3.30", "connects sockets of datagrams for any thread")
        .datagramSockets(it -> accept(it.connect, Turn.from(2)));
    defect("3.30", "lets other loops remove readers")
        .loop(loop -> acceptFromOtherLoops(loop.removeReader, Turn.always()));
    defect("3.30", "lets any thread cancel readers")
        .loop(loop -> loop.handles(loop.watch, it -> accept(it.cancel, Turn.always())));
    defect("3.31", "lets all threads ask for options")
        .connections(it -> it.shownSocket(socket -> socket.option.always(1)));
    defect("3.31", "refuses to set an option once")
        .connections(it -> {
          Turn accepted = Turn.from(2);
          it.shownSocket(socket -> accept(socket.setOption, accepted));
        });
    defect("3.31", "lets other loops set options")
        .connections(
            it -> it.shownSocket(socket -> acceptFromOtherLoops(socket.setOption, Turn.always())));
    defect("3.31", "lets all threads set options of servers")
        .servers(it ->
            it.sockets.returns(sockets ->
                sockets.stream()
                    .map(real ->
                        TransportSocketSeams.decorated(real, socket -> socket.setOption.swallow()))
                    .toList()));
    defect("3.32 also .23", "lets streams close").loop(loop -> deny(loop, "close"::equals));
    defect("3.32 also .23", "lets streams close once it has refused")
        .loop(loop -> {
          AtomicInteger calls = new AtomicInteger();
          deny(loop, method -> method.equals("close") && calls.incrementAndGet() > 10);
        });
  }

  /** Swallows some refusals. */
  static void accept(Seam<?, ?> method, Turn accepted) {
    method.swallowing(WrongThreadException.class, _ -> accepted.comes());
  }

  /** Swallows some refusals where another loop runs. */
  static void acceptFromOtherLoops(Seam<?, ?> method, Turn accepted) {
    method.swallowing(WrongThreadException.class, _ -> MutantLoop.onLoop() && accepted.comes());
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

  private static void refuse(Seam<?, ?> method, BooleanSupplier isRefused) {
    method.refuse(isRefused, () -> new WrongThreadException("this thread is refused"));
  }

  private static boolean isForeign(MutantLoop loop) {
    return loop.isRunning() && !MutantLoop.onLoop();
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

  private static boolean isAskedBy(String name) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith("." + name)));
  }
}
