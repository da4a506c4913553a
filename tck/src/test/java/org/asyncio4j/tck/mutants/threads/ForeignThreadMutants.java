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
        .or("refuses the first write only", Turn.from(2))
        .connections(it -> accept(it.write, it.turn()));
    defect("3.21 also .23", "takes foreign writes later")
        .connections(it -> acceptLater(it.write, it.loop()));
    defect("3.21 also .23", "refuses in debug mode only")
        .connections(it -> accept(it.write, _ -> !it.loop().isDebug()));
    defect("3.21 also .23, .32", "drops writes of other loops")
        .connections(it -> acceptFromOtherLoops(it.write));
    defect("3.21", "lets foreign threads pause")
        .connections(it -> accept(it.pauseReading, it.turn()));
    defect("3.21", "lets foreign threads set limits")
        .connections(it -> accept(it.setWriteBufferLimits, it.turn()));
    defect("3.21", "lets foreign threads exchange it")
        .connections(it -> accept(it.setProtocol, it.turn()));
    defect("3.21", "lets child threads abort")
        .connections(it -> accept(it.abort, _ -> Thread.currentThread().isVirtual()));
    defect("3.21", "lets other loops pause if they insist", Turn.from(2))
        .connections(it -> accept(it.pauseReading, _ -> MutantLoop.onLoop() && it.turn().comes()));
    defect("3.21", "lets others abort what is closed")
        .connections(it -> accept(it.abort, _ -> it.correct().isClosing()));
    defect("3.21", "is closed by a thread that it refused before")
        .connections(it ->
            stayOpenOnceRefused(
                it.close,
                it.loop(),
                _ -> !it.user().getClass().getSimpleName().equals("StreamsProtocol")));
    defect("3.22", "refuses questions")
        .connections(it -> refuse(it.isClosing, _ -> it.loop().isForeign()));
    defect("3.22", "refuses questions of other loops")
        .connections(it ->
            refuse(
                it.isReading,
                _ ->
                    it.loop().isRunning()
                        && MutantLoop.onLoop()
                        && Asyncio.runningLoop() != it.loop()));
    defect("3.22", "refuses the second question", Turn.from(2))
        .connections(
            it -> refuse(it.writeBufferSize, _ -> it.loop().isForeign() && it.turn().comes()));
    defect("3.23", "lets streams write").loop(loop -> deny(loop, "write"::equals));
    defect("3.23 also .32", "lets streams of other loops close")
        .loop(loop ->
            deny(loop, method -> method.equals("close") && RunningLoop.runningLoop() != null));
    defect("3.24", "sends for any thread")
        .endpoints(
            it -> it.sendTo.catching(WrongThreadException.class, (_, sending) -> sending.take()));
    defect("3.24", "aborts for a foreign thread at the second call", Turn.from(2))
        .endpoints(it -> accept(it.abort, it.turn()));
    defect("3.24", "pauses for other loops").endpoints(it -> acceptFromOtherLoops(it.pauseReading));
    defect("3.24", "stays open once it has refused")
        .endpoints(it -> stayOpenOnceRefused(it.close, it.loop(), _ -> true));
    defect("3.25", "lets foreign threads close a server")
        .servers(it -> acceptLater(it.close, it.loop()));
    defect("3.25", "lets foreign threads abort clients at the second call")
        .servers(it -> accept(it.abortClients, Turn.from(2)));
    defect("3.25", "lets other loops close clients")
        .servers(it -> acceptFromOtherLoops(it.closeClients));
    defect("3.25", "is closed again by any thread")
        .servers(it -> accept(it.close, _ -> !it.correct().isServing()));
    defect("3.25", "closes clients for any thread once it is closed")
        .servers(it -> accept(it.closeClients, _ -> !it.correct().isServing()));
    defect("3.25", "lets any thread abort clients if there is none")
        .servers(it -> accept(it.abortClients, _ -> it.hasNoClient()));
    defect("3.25", "lets any thread see the end")
        .servers(it -> accept(it.waitClosed, _ -> !it.correct().isServing() && it.hasNoClient()));
    defect("3.26", "closes sockets for other loops")
        .listeners(it -> acceptFromOtherLoops(it.close));
    defect("3.26", "closes sockets for any thread").sockets(it -> accept(it.close, _ -> true));
    defect("3.26", "lets foreign threads read options of sockets at the third call")
        .sockets(it -> accept(it.option, Turn.from(3)));
    defect("3.27", "rests for events elsewhere")
        .loop(loop ->
            loop.isRunning.returns(
                running -> running && !(MutantLoop.onLoop() && isAskedBy("AsyncEvent"))));
    defect("3.27", "rests for queues that ask again", Turn.from(2))
        .loop(loop ->
            loop.isRunning.returns(
                running -> running && !(isAskedBy("AsyncQueue") && loop.turn().comes())));
    defect("3.27", "rests for barriers")
        .loop(loop -> loop.isRunning.returns(running -> running && !isAskedBy("AsyncBarrier")));
    defect("3.28", "refuses others while it rests")
        .connections(it -> refuse(it.write, _ -> !it.loop().isRunning()));
    defect("3.28", "refuses other loops while it rests")
        .connections(it -> refuse(it.write, _ -> !it.loop().isRunning() && MutantLoop.onLoop()));
    defect("3.28", "refuses close while it rests")
        .connections(it -> it.close.onlyIf(_ -> it.loop().isRunning()));
    defect("3.29", "drops foreign writes to TLS")
        .or("refuses foreign writes to TLS once", Turn.from(2))
        .tlsConnections(it -> accept(it.write, it.turn()));
    defect("3.29", "drops writes of other loops to TLS")
        .tlsConnections(it -> acceptFromOtherLoops(it.write));
    defect("3.30", "connects sockets of datagrams for any thread")
        .datagramSockets(it -> accept(it.connect, Turn.from(2)));
    defect("3.30", "lets other loops remove readers")
        .loop(loop -> acceptFromOtherLoops(loop.removeReader));
    defect("3.30", "lets any thread cancel readers")
        .loop(loop -> loop.handles(loop.watch, it -> accept(it.cancel, _ -> true)));
    defect("3.31", "lets all threads ask for options")
        .connections(it -> it.shownSocket(socket -> socket.option.always(1)));
    defect("3.31", "refuses to set an option once", Turn.from(2))
        .connections(it -> it.shownSocket(socket -> accept(socket.setOption, it.turn())));
    defect("3.31", "lets other loops set options")
        .connections(it -> it.shownSocket(socket -> acceptFromOtherLoops(socket.setOption)));
    defect("3.31", "lets all threads set options of servers")
        .servers(it -> it.shownSockets(socket -> socket.setOption.swallow()));
    defect("3.32 also .23", "lets streams close").loop(loop -> deny(loop, "close"::equals));
    defect("3.32 also .23", "lets streams close once it has refused", Turn.from(11))
        .loop(loop -> deny(loop, method -> method.equals("close") && loop.turn().comes()));
  }

  /** Swallows some refusals. */
  private static void accept(Seam<?, ?> method, Predicate<Object> accepted) {
    method.swallowing(WrongThreadException.class, accepted);
  }

  /** Swallows refusals where another loop runs. */
  private static void acceptFromOtherLoops(Seam<?, ?> method) {
    accept(method, _ -> MutantLoop.onLoop());
  }

  /** Does on the thread of the loop what was refused. */
  private static <A> void acceptLater(Seam<A, Void> method, MutantLoop loop) {
    method.recover(
        WrongThreadException.class,
        (correct, argument) -> {
          loop.callSoonThreadsafe(correct.later(argument));
          return null;
        });
  }

  /** Refuses a close, and does nothing when the owner closes then. */
  private static void stayOpenOnceRefused(
      Seam<Void, Void> close, MutantLoop loop, Predicate<Object> isConcerned) {
    Flag refused = new Flag();
    close.insteadIf(refused, _ -> RunningLoop.ensureOwner(loop, "close"));
    close.onFailure(
        WrongThreadException.class, (foreign, _) -> refused.put(isConcerned.test(foreign)));
  }

  private static void refuse(Seam<?, ?> method, Predicate<Object> isRefused) {
    method.refuse(isRefused, _ -> new WrongThreadException("this thread is refused"));
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
