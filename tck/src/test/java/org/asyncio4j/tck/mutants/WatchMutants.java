package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.UnwatchRequest;
import org.asyncio4j.spi.WatchDirection;
import org.asyncio4j.spi.WatchRequest;

/** Defects of chapter 20 that concern callbacks that watch. */
final class WatchMutants {

  private WatchMutants() {}

  private static WatchRequest with(WatchRequest request, Runnable callback) {
    return new WatchRequest(request.what(), request.direction(), callback, request.context());
  }

  /** Calls each callback once. */
  @Defect(
      breaks = "20.32",
      also = {"20.33", "20.37"})
  static final class CallsOnce extends SocketMutant {

    CallsOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      AtomicBoolean called = new AtomicBoolean();
      return super.watch(
          with(
              request,
              () -> {
                if (!called.getAndSet(true)) {
                  request.callback().run();
                }
              }));
    }
  }

  /** Goes on calling once it has begun. */
  @Defect(breaks = "20.33")
  static final class NeverRests extends SocketMutant {

    NeverRests(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      Handle[] handle = new Handle[1];
      Runnable[] again = new Runnable[1];
      again[0] =
          () -> {
            if (!handle[0].isCancelled()) {
              request.callback().run();
              callSoon(again[0]);
            }
          };
      handle[0] = super.watch(with(request, again[0]));
      return handle[0];
    }
  }

  /** Calls the former reader, too. */
  @Defect(breaks = "20.34")
  static final class KeepsTheFormer extends SocketMutant {

    private final Map<Watchable, Runnable> former = new HashMap<>();

    KeepsTheFormer(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      if (request.direction() == WatchDirection.WRITE) {
        return super.watch(request);
      }
      Runnable before = former.getOrDefault(request.what(), () -> {});
      Handle handle =
          super.watch(
              with(
                  request,
                  () -> {
                    before.run();
                    request.callback().run();
                  }));
      former.put(request.what(), request.callback());
      return handle;
    }
  }

  /** Removes when it has time. */
  @Defect(
      breaks = "20.35",
      also = {"20.34", "20.36"})
  static final class RemovesLater extends SocketMutant {

    RemovesLater(LoopContext context) {
      super(context);
    }

    @Override
    protected boolean unwatch(UnwatchRequest request) {
      callSoon(() -> callSoon(() -> super.unwatch(request)));
      return true;
    }
  }

  /** Refuses a reader that removes itself. */
  @Defect(breaks = "20.36")
  static final class HoldsTheReaderThatRuns extends SocketMutant {

    private boolean calling;

    HoldsTheReaderThatRuns(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      return super.watch(
          with(
              request,
              () -> {
                calling = true;
                try {
                  request.callback().run();
                } finally {
                  calling = false;
                }
              }));
    }

    @Override
    protected boolean unwatch(UnwatchRequest request) {
      if (calling) {
        throw new IllegalStateException("not now");
      }
      return super.unwatch(request);
    }
  }

  /** Tells a writer when there is something to read. */
  @Defect(breaks = "20.37")
  static final class TakesWritersForReaders extends SocketMutant {

    TakesWritersForReaders(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      return super.watch(
          new WatchRequest(
              request.what(), WatchDirection.READ, request.callback(), request.context()));
    }
  }

  /** Says nothing when it cannot watch. */
  @Defect(breaks = "20.38", also = "20.39")
  static final class DoesNotSayThatItCannotWatch extends SocketMutant {

    DoesNotSayThatItCannotWatch(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      try {
        return super.watch(request);
      } catch (IllegalStateException refused) {
        Handle dead = callSoon(() -> {});
        dead.cancel();
        return dead;
      }
    }
  }

  /** Does not cancel the callbacks of a socket that is closed. */
  @Defect(breaks = "20.39", also = "20.34")
  static final class HandlesNeverEnd extends SocketMutant {

    HandlesNeverEnd(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      return Altered.of(Handle.class, super.watch(request), "isCancelled", args -> false);
    }
  }

  /** Calls in a context without values. */
  @Defect(breaks = "20.40")
  static final class LosesTheContext extends SocketMutant {

    LosesTheContext(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      return super.watch(
          new WatchRequest(
              request.what(), request.direction(), request.callback(), Context.empty()));
    }
  }

  /** Says that it has removed what is gone with the loop. */
  @Defect(breaks = "20.41")
  static final class RemovesFromAClosedLoop extends SocketMutant {

    RemovesFromAClosedLoop(LoopContext context) {
      super(context);
    }

    @Override
    public boolean removeReader(Watchable what) {
      return isClosed() || super.removeReader(what);
    }
  }

  /** Does not hear of channels. */
  @Defect(breaks = "20.42")
  static final class DoesNotWatchChannels extends SocketMutant {

    DoesNotWatchChannels(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      return request.what() instanceof Watchable.OfChannel
          ? callSoon(() -> {})
          : super.watch(request);
    }
  }
}
