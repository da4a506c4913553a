package org.asyncio4j.tck.mutants.threads;

import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.TransportSocketSeams;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 3: datagrams, sockets, locks and queues that accept foreign threads. */
public final class ForeignUseMutants extends Defects {

  public ForeignUseMutants() {
    datagrams();
    sockets();
    watching();
    locks();
    options();
  }

  private void datagrams() {
    defect("3.24", "sends for any thread")
        .endpoints(it ->
            it.sendTo.instead((correct, sending) -> {
              try {
                correct.call(sending);
              } catch (WrongThreadException accepted) {
                sending.take();
              }
            }));

    defect("3.24", "aborts for a foreign thread at the second call")
        .endpoints(it -> ForeignTransportMutants.accept(it.abort, Turn.fromSecond()));

    defect("3.24", "pauses for other loops")
        .endpoints(
            it -> ForeignTransportMutants.acceptFromOtherLoops(it.pauseReading, Turn.always()));

    defect("3.24", "stays open once it has refused")
        .endpoints(
            it -> ForeignTransportMutants.stayOpenOnceRefused(it.close, it.loop(), () -> true));
  }

  private void sockets() {
    defect("3.26", "closes sockets for other loops")
        .listeners(it -> ForeignTransportMutants.acceptFromOtherLoops(it.close, Turn.always()));

    defect("3.26", "closes sockets for any thread")
        .sockets(it -> ForeignTransportMutants.accept(it.close, Turn.always()));

    defect("3.26", "lets foreign threads read options of sockets at the third call")
        .sockets(it -> ForeignTransportMutants.accept(it.option, Turn.from(3)));

    defect("3.30", "connects sockets of datagrams for any thread")
        .datagramSockets(it -> ForeignTransportMutants.accept(it.connect, Turn.fromSecond()));
  }

  private void watching() {
    defect("3.30", "lets other loops remove readers")
        .loop(
            loop -> ForeignTransportMutants.acceptFromOtherLoops(loop.removeReader, Turn.always()));

    defect("3.30", "lets any thread cancel readers")
        .loop(loop ->
            loop.handles(
                loop.watch, it -> ForeignTransportMutants.accept(it.cancel, Turn.always())));
  }

  private void locks() {
    defect("3.27", "rests for events elsewhere")
        .loop(loop ->
            loop.isRunning.returns(
                running -> running && !(MutantLoop.onLoop() && isAskedBy("AsyncEvent"))));

    defect("3.27", "rests for queues that ask again")
        .loop(loop -> {
          Turn rests = Turn.fromSecond();
          loop.isRunning.returns(
              running -> running && !(isAskedBy("AsyncQueue") && rests.getAsBoolean()));
        });

    defect("3.27", "rests for barriers")
        .loop(loop -> loop.isRunning.returns(running -> running && !isAskedBy("AsyncBarrier")));
  }

  private static boolean isAskedBy(String name) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith("." + name)));
  }

  private void options() {
    defect("3.31", "lets all threads ask for options")
        .connections(it -> it.shownSocket(socket -> socket.option.always(1)));

    defect("3.31", "refuses to set an option once")
        .connections(it -> {
          Turn accepted = Turn.fromSecond();
          it.shownSocket(socket -> ForeignTransportMutants.accept(socket.setOption, accepted));
        });

    defect("3.31", "lets other loops set options")
        .connections(it ->
            it.shownSocket(socket ->
                ForeignTransportMutants.acceptFromOtherLoops(socket.setOption, Turn.always())));

    defect("3.31", "lets all threads set options of servers")
        .servers(it ->
            it.sockets.returns(sockets ->
                sockets.stream()
                    .map(real ->
                        TransportSocketSeams.decorated(real, socket -> socket.setOption.swallow()))
                    .toList()));
  }
}
