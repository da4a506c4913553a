package org.asyncio4j.spi.laws;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.Awaiter;

/** A future that is not a built-in one, and that notes the thread of each call. */
final class ForeignFuture<T> implements Future<T> {

  private final Promise<T> promise;
  private final List<Thread> callers;
  private RuntimeException refusal;

  ForeignFuture(EventLoop loop, List<Thread> callers) {
    this.promise = loop.createFuture();
    this.callers = callers;
  }

  void setResult(T value) {
    promise.setResult(value);
  }

  void refuseCallbacks(RuntimeException failure) {
    refusal = failure;
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
    return promise.cancel(message);
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    note();
    if (refusal != null) {
      throw refusal;
    }
    promise.addDoneCallback(done -> callback.accept(this), context);
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    note();
    throw new UnsupportedOperationException("removeDoneCallback");
  }

  @Override
  public T await() {
    return Awaiter.await(this);
  }

  @Override
  public String toString() {
    note();
    return "a foreign future";
  }

  private void note() {
    callers.add(Thread.currentThread());
  }
}
