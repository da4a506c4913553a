package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;

/** A promise of a mutant that is no future of ours, but has one do its work. */
public final class MutantPromise<T> implements Promise<T> {

  public final Seam<Void, EventLoop> loop = new Seam<>();

  private final Promise<T> correct;

  MutantPromise(Promise<T> correct) {
    this.correct = correct;
  }

  @Override
  public EventLoop loop() {
    return loop.get(correct::loop);
  }

  @Override
  public boolean isDone() {
    return correct.isDone();
  }

  @Override
  public boolean isCancelled() {
    return correct.isCancelled();
  }

  @Override
  public T result() {
    return correct.result();
  }

  @Override
  public Optional<Throwable> exception() {
    return correct.exception();
  }

  @Override
  public boolean cancel(String message) {
    return correct.cancel(message);
  }

  @Override
  public void setResult(T value) {
    correct.setResult(value);
  }

  @Override
  public void setException(Throwable exception) {
    correct.setException(exception);
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    correct.addDoneCallback(callback, context);
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    return correct.removeDoneCallback(callback);
  }

  @Override
  public List<Future<?>> awaitedBy() {
    return correct.awaitedBy();
  }

  @Override
  public T await() {
    return correct.await();
  }
}
