package org.asyncio4j.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;

/** A future that is not a built-in one, hands its callbacks on, and may be awkward. */
public final class ThirdPartyFuture<T> implements Future<T> {

  private final Promise<T> promise;
  private Consumer<Thread> caller = thread -> {};
  private RuntimeException refusal;
  private boolean passesItself;
  private boolean keepsCallbacks;
  private boolean callsTwice;
  private boolean failsWhenCancelled;
  private boolean admitsCancellation;

  public ThirdPartyFuture(EventLoop loop) {
    this.promise = loop.createFuture();
  }

  /** Collects the thread of each call. */
  public ThirdPartyFuture<T> notingCallers(Collection<Thread> callers) {
    caller = callers::add;
    return this;
  }

  public ThirdPartyFuture<T> refusingCallbacks(RuntimeException failure) {
    refusal = failure;
    return this;
  }

  /** Passes itself to its callbacks, and not the built-in future that it wraps. */
  public ThirdPartyFuture<T> passingItself() {
    passesItself = true;
    return this;
  }

  public ThirdPartyFuture<T> keepingCallbacks() {
    keepsCallbacks = true;
    return this;
  }

  public ThirdPartyFuture<T> callingTwice() {
    callsTwice = true;
    return this;
  }

  /** Has cancelling this fail it with the error, and answer whether it did something, or not. */
  public ThirdPartyFuture<T> failingWhenCancelled(boolean admitted) {
    failsWhenCancelled = true;
    admitsCancellation = admitted;
    return this;
  }

  public Promise<T> promise() {
    return promise;
  }

  @Override
  public EventLoop loop() {
    note();
    return promise.loop();
  }

  @Override
  public boolean isDone() {
    note();
    return promise.isDone();
  }

  @Override
  public boolean isCancelled() {
    note();
    return promise.isCancelled();
  }

  @Override
  public T result() {
    note();
    return promise.result();
  }

  @Override
  public Optional<Throwable> exception() {
    note();
    return promise.exception();
  }

  @Override
  public boolean cancel(String message) {
    note();
    if (!failsWhenCancelled || promise.isDone()) {
      return promise.cancel(message);
    }
    promise.setException(new CancelledError(message));
    return admitsCancellation;
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    note();
    if (refusal != null) {
      throw refusal;
    }
    Consumer<? super Future<T>> passed = passesItself ? done -> callback.accept(this) : callback;
    promise.addDoneCallback(passed, context);
    if (callsTwice) {
      promise.addDoneCallback(passed, context);
    }
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    note();
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

  @Override
  public String toString() {
    note();
    return "a third-party future";
  }

  private void note() {
    caller.accept(Thread.currentThread());
  }
}
