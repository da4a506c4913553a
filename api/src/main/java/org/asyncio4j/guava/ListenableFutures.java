package org.asyncio4j.guava;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.internal.bridge.FutureBridge;
import org.jspecify.annotations.Nullable;

/** Makes Guava's futures awaitable. */
// Guava is optional, so it is not required transitively: callers of this method have it anyway.
@SuppressWarnings("exports")
public final class ListenableFutures {

  private ListenableFutures() {}

  /**
   * Returns a future of the running loop that follows a listenable future, which may complete on
   * any thread. Cancelling either cancels the other, as with {@code Asyncio.wrapFuture}.
   *
   * @param source the listenable future
   * @param <T> the type of the value
   * @return the future
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static <T extends @Nullable Object> Future<T> wrapFuture(ListenableFuture<T> source) {
    return wrapFuture(source, RunningLoop.require());
  }

  /**
   * Returns a future of a loop that follows a listenable future, as {@link
   * #wrapFuture(ListenableFuture)} does. Callable on the loop's thread, or while the loop is not
   * running.
   *
   * @param source the listenable future
   * @param loop the loop
   * @param <T> the type of the value
   * @return the future
   */
  public static <T extends @Nullable Object> Future<T> wrapFuture(
      ListenableFuture<T> source, EventLoop loop) {
    requireNonNull(loop, "loop");
    requireNonNull(source, "source");
    CompletableFuture<T> stage = new CompletableFuture<>();
    Futures.addCallback(source, new Completion<>(stage), MoreExecutors.directExecutor());
    var _ =
        stage.whenComplete((value, thrown) -> {
          if (stage.isCancelled()) {
            source.cancel(true);
          }
        });
    return FutureBridge.follow(loop, stage);
  }

  private record Completion<T extends @Nullable Object>(CompletableFuture<T> stage)
      implements FutureCallback<T> {

    @Override
    public void onSuccess(T value) {
      stage.complete(value);
    }

    @Override
    public void onFailure(Throwable thrown) {
      stage.completeExceptionally(thrown);
    }
  }
}
