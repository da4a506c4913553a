package org.asyncio4j.spi.tasks;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.Awaiter;

/** A future that is not built in, forwards its callbacks, and may misbehave. */
final class ThirdPartyFuture<T> implements Future<T> {

  private final Promise<T> promise;
  private boolean refusesCallbacks;
  private boolean keepsCallbacks;
  private boolean callsTwice;
  private boolean failsWhenCancelled;
  private boolean admitsCancellation;

  ThirdPartyFuture(EventLoop loop) {
    this.promise = loop.createFuture();
  }

  ThirdPartyFuture<T> refusingCallbacks() {
    refusesCallbacks = true;
    return this;
  }

  ThirdPartyFuture<T> keepingCallbacks() {
    keepsCallbacks = true;
    return this;
  }

  ThirdPartyFuture<T> callingTwice() {
    callsTwice = true;
    return this;
  }

  /**
   * Makes cancel() fail this future with the error, and return whether it had an effect, or not.
   */
  ThirdPartyFuture<T> failingWhenCancelled(boolean admitted) {
    failsWhenCancelled = true;
    admitsCancellation = admitted;
    return this;
  }

  Promise<T> promise() {
    return promise;
  }

  @Override
  public EventLoop loop() {
    return promise.loop();
  }

  @Override
  public boolean isDone() {
    return promise.isDone();
  }

  @Override
  public boolean isCancelled() {
    return promise.isCancelled();
  }

  @Override
  public T result() {
    return promise.result();
  }

  @Override
  public Optional<Throwable> exception() {
    return promise.exception();
  }

  @Override
  public boolean cancel(String message) {
    if (!failsWhenCancelled || promise.isDone()) {
      return promise.cancel(message);
    }
    promise.setException(new CancelledError(message));
    return admitsCancellation;
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    if (refusesCallbacks) {
      throw new UnsupportedOperationException("no callbacks");
    }
    promise.addDoneCallback(callback, context);
    if (callsTwice) {
      promise.addDoneCallback(callback, context);
    }
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    if (keepsCallbacks) {
      throw new UnsupportedOperationException("no removal");
    }
    return promise.removeDoneCallback(callback);
  }

  @Override
  public List<Future<?>> awaitedBy() {
    return promise.awaitedBy();
  }

  @Override
  public T await() {
    return Awaiter.await(this);
  }
}
