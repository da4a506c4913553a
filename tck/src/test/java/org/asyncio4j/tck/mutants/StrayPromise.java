package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;

/** A future that claims to belong to the loop of whoever asks. */
record StrayPromise<T>(Promise<T> correct) implements Promise<T> {

  @Override
  public EventLoop loop() {
    return CorrectLoop.onLoop() ? Asyncio.runningLoop() : correct.loop();
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
