package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;

/** A future of a mutant. */
public final class MutantFuture<T> extends BuiltinFuture<T> {

  public final Seam<T, Void> setResult = new Seam<>();
  public final Seam<T, Boolean> trySetResult = new Seam<>(false);
  public final Seam<Throwable, Void> setException = new Seam<>();
  public final Seam<String, Boolean> cancel = new Seam<>(false);
  public final Seam<Void, T> result = new Seam<>();
  public final Seam<Void, Throwable> exception = new Seam<>();
  public final Seam<DoneCallback<T>, Void> addDoneCallback = new Seam<>();
  public final Seam<Consumer<? super Future<T>>, Integer> removeDoneCallback = new Seam<>(0);
  public final Seam<Void, List<Future<?>>> awaitedBy = new Seam<>();
  public final Seam<Void, T> await = new Seam<>();

  MutantFuture(BaseEventLoop loop) {
    super(loop);
  }

  /** Something that is to be called when a future is done. */
  public record DoneCallback<T>(Consumer<? super Future<T>> callback, Context context) {

    public DoneCallback<T> calling(Consumer<? super Future<T>> changed) {
      return new DoneCallback<>(changed, context);
    }
  }

  /** {@return the runs of callbacks that are added from now on} */
  public static <T> Seam<Future<T>, Void> callbacks(Seam<DoneCallback<T>, Void> added) {
    Seam<Future<T>, Void> run = new Seam<>();
    added.given(it -> it.calling(done -> run.accept(done, it.callback()::accept)));
    return run;
  }

  /** {@return its loop} */
  public MutantLoop mutant() {
    return (MutantLoop) loop();
  }

  @Override
  public boolean trySetResult(T value) {
    return trySetResult.call(value, super::trySetResult);
  }

  @Override
  public void setResult(T value) {
    setResult.accept(value, super::setResult);
  }

  @Override
  public void setException(Throwable thrown) {
    setException.accept(thrown, super::setException);
  }

  @Override
  public boolean cancel(String message) {
    return cancel.call(message, super::cancel);
  }

  @Override
  public T result() {
    return result.get(super::result);
  }

  @Override
  public Optional<Throwable> exception() {
    return Optional.ofNullable(exception.get(() -> super.exception().orElse(null)));
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    addDoneCallback.accept(
        new DoneCallback<>(callback, context),
        it -> super.addDoneCallback(it.callback(), it.context()));
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    return removeDoneCallback.call(callback, super::removeDoneCallback);
  }

  @Override
  public List<Future<?>> awaitedBy() {
    return awaitedBy.get(super::awaitedBy);
  }

  @Override
  public T await() {
    return await.get(super::await);
  }
}
