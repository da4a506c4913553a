package org.asyncio4j.spi.readiness;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.hooks.WatchRequest;

/** A callback that is called in each tick in which the watched object is ready. */
final class WatchingHandle implements Handle {

  private final ReadinessEventLoop loop;
  private final IoHandle callback;
  private final Context context;
  private final Runnable removal;

  // Confined to the loop's thread.
  private boolean ended;

  WatchingHandle(ReadinessEventLoop loop, WatchRequest request, Runnable removal) {
    this.loop = loop;
    this.context = request.context();
    this.callback = loop.ioHandle(request.callback(), context, "call", request);
    this.removal = removal;
  }

  /** Called on the thread that polls. */
  void queue() {
    callback.queue();
  }

  /** Ends this callback, because it was removed or replaced. */
  void end() {
    ended = true;
    callback.cancel();
  }

  /** Ends this callback and lets go of the watched object, which was closed. */
  void closed() {
    end();
    removal.run();
  }

  @Override
  public void cancel() {
    RunningLoop.ensureOwner(loop, "Handle.cancel");
    if (!ended) {
      removal.run();
    }
  }

  @Override
  public boolean isCancelled() {
    return ended;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public String toString() {
    return ended ? "<cancelled " + callback + ">" : callback.toString();
  }
}
