package org.asyncio4j.tck.mutants.sockets;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 20: watching sockets. */
public final class WatchMutants extends Defects {

  private static final int ALL_MEMORY = 10_000_000;

  public WatchMutants() {
    defect("20.32 also .33, .37", "calls once")
        .loop(loop ->
            loop.watchers(callback -> {
              Turn first = Turn.nth(1);
              return () -> {
                if (first.comes()) {
                  callback.run();
                }
              };
            }));
    defect("20.33", "never rests")
        .loop(loop ->
            loop.watch.around((correct, request) -> {
              Handle[] handle = new Handle[1];
              Runnable[] again = new Runnable[1];
              again[0] =
                  () -> {
                    if (!handle[0].isCancelled()) {
                      request.callback().run();
                      loop.callSoon(again[0]);
                    }
                  };
              handle[0] = correct.call(Requests.with(request, "callback", again[0]));
              return handle[0];
            }));
    defect("20.34", "calls the former reader, too")
        .loop(loop -> {
          Map<Watchable, Runnable> former = new HashMap<>();
          loop.watch.aroundIf(
              request -> request.direction() != WatchDirection.WRITE,
              (correct, request) -> {
                Runnable before = former.getOrDefault(request.what(), () -> {});
                Runnable both =
                    () -> {
                      before.run();
                      request.callback().run();
                    };
                Handle handle = correct.call(Requests.with(request, "callback", both));
                former.put(request.what(), request.callback());
                return handle;
              });
        });
    defect("20.35 also .34, .36", "removes later")
        .loop(loop ->
            loop.unwatch.around((correct, request) -> {
              loop.twoTicksLate(correct.later(request)).run();
              return true;
            }));
    defect("20.36", "holds the reader that runs")
        .loop(loop -> {
          Flag calling = new Flag();
          loop.watchers(calling::during);
          loop.unwatch.refuse(calling, _ -> new IllegalStateException("not now"));
        });
    defect("20.37", "takes writers for readers")
        .loop(loop -> loop.watch.with("direction", _ -> WatchDirection.READ));
    defect("20.38 also .39", "returns a dead handle when it cannot watch")
        .loop(loop ->
            loop.watch.recover(
                IllegalStateException.class,
                (_, _) -> {
                  Handle dead = loop.callSoon(() -> {});
                  dead.cancel();
                  return dead;
                }));
    defect("20.39 also .34", "has handles that never end")
        .loop(loop -> loop.handles(loop.watch, it -> it.isCancelled.always(false)));
    defect("20.40", "loses the context")
        .loop(loop -> loop.watch.with("context", _ -> Context.empty()));
    defect("20.41", "removes from a closed loop")
        .loop(loop -> loop.removeReader.aroundIf(_ -> loop.isClosed(), (_, _) -> true));
    defect("20.42", "does not watch channels")
        .loop(loop ->
            loop.watch.aroundIf(
                request -> request.what() instanceof Watchable.OfChannel,
                (_, _) -> loop.callSoon(() -> {})));
    defect("20.63", "grows with the number of a descriptor")
        .onEpoll()
        .loop(loop -> {
          Object[][] table = {new Object[256]};
          loop.watch.before(request -> {
            if (request.what() instanceof Watchable.OfDescriptor(int number)
                && number >= table[0].length) {
              if (number >= ALL_MEMORY) {
                throw new OutOfMemoryError("no room for descriptor " + number);
              }
              table[0] = Arrays.copyOf(table[0], number + 1);
            }
          });
        });
    defect("20.63", "notes what is watched before the system refuses")
        .onEpoll()
        .loop(loop -> {
          Set<UnwatchRequest> noted = new HashSet<>();
          loop.watch.before(
              request -> request.what() instanceof Watchable.OfDescriptor,
              request -> noted.add(new UnwatchRequest(request.what(), request.direction())));
          loop.unwatch.around((correct, request) -> correct.call(request) | noted.remove(request));
        });
  }
}
