package org.asyncio4j.internal.forward;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * Internal; not for use outside asyncio4j. A future whose state is that of a promise of the loop,
 * but whose cancellation can be customized.
 *
 * @param <T> the type of the value
 */
public abstract class ForwardingFuture<T extends @Nullable Object> implements Future<T> {

  private final Promise<T> promise;

  /**
   * Creates a pending future.
   *
   * @param loop the loop that it belongs to
   */
  protected ForwardingFuture(EventLoop loop) {
    this.promise = loop.createFuture();
  }

  /** {@return the write side, whose cancellation is not customized} */
  protected final Promise<T> promise() {
    return promise;
  }

  @Override
  public final EventLoop loop() {
    return promise.loop();
  }

  @Override
  public final boolean isDone() {
    return promise.isDone();
  }

  @Override
  public final boolean isCancelled() {
    return promise.isCancelled();
  }

  @Override
  public final T result() {
    return promise.result();
  }

  @Override
  public final Optional<Throwable> exception() {
    return promise.exception();
  }

  @Override
  public boolean cancel(@Nullable String message) {
    return promise.cancel(message);
  }

  @Override
  public final void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    promise.addDoneCallback(forwarding(callback), context);
  }

  @Override
  public final int removeDoneCallback(Consumer<? super Future<T>> callback) {
    return promise.removeDoneCallback(forwarding(callback));
  }

  @Override
  public final List<Future<?>> awaitedBy() {
    return promise.awaitedBy();
  }

  @Override
  public final T await() {
    return LoopBootstraps.get().await(this);
  }

  private Consumer<Future<T>> forwarding(Consumer<? super Future<T>> callback) {
    requireNonNull(callback, "callback");
    return (Object) callback instanceof AwaitingCallback<?> awaiting
        ? new Awaiting<>(this, callback, awaiting.awaiter())
        : new Plain<>(this, callback);
  }

  // Equal if the callbacks are, so that they can be removed.
  private record Plain<T extends @Nullable Object>(
      Future<T> future, Consumer<? super Future<T>> callback) implements Consumer<Future<T>> {

    @Override
    public void accept(Future<T> promise) {
      callback.accept(future);
    }

    @Override
    public String toString() {
      return Described.callback(callback);
    }
  }

  private record Awaiting<T extends @Nullable Object>(
      Future<T> future, Consumer<? super Future<T>> callback, Future<?> awaiter)
      implements AwaitingCallback<T> {

    @Override
    public void accept(Future<T> promise) {
      callback.accept(future);
    }

    @Override
    public String toString() {
      return Described.callback(callback);
    }
  }
}
