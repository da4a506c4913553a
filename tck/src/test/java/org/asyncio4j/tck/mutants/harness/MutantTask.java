package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.tck.mutants.harness.MutantFuture.DoneCallback;

/** A task of a mutant. An eager one is decorated only when its first step is over. */
public final class MutantTask<T> extends BuiltinTask<T> {

  public final Seam<String, Boolean> cancel;
  public final Seam<String, Void> cancelThreadsafe;
  public final Seam<Void, Boolean> isDone;
  public final Seam<Void, Boolean> isCancelled;
  public final Seam<Void, T> result;
  public final Seam<Void, Throwable> exception;
  public final Seam<DoneCallback<T>, Void> addDoneCallback;
  public final Seam<Void, List<Future<?>>> awaitedBy;
  public final Seam<Void, T> await;

  /** Runs the body. */
  public final Seam<Void, T> body;

  MutantTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    // The first step of an eager task is taken by the constructor below.
    this.cancel = new Seam<>(false);
    this.cancelThreadsafe = new Seam<>();
    this.isDone = new Seam<>(false);
    this.isCancelled = new Seam<>(false);
    this.result = new Seam<>();
    this.exception = new Seam<>();
    this.addDoneCallback = new Seam<>();
    this.awaitedBy = new Seam<>();
    this.await = new Seam<>();
    Seam<Void, T> run = new Seam<>();
    this.body = run;
    super(loop, () -> run.call(null, _ -> body.call()), options);
  }

  /** {@return whether its body runs} */
  public boolean isCurrent() {
    return loop().currentTask().filter(task -> Decorated.undecorated(task) == this).isPresent();
  }

  /** {@return whether it is cancelled, also where the mutant denies it} */
  public boolean isCorrectlyCancelled() {
    return super.isCancelled();
  }

  /** {@return its loop} */
  public MutantLoop mutant() {
    return (MutantLoop) loop();
  }

  @Override
  public boolean cancel(String message) {
    return cancel.call(message, super::cancel);
  }

  @Override
  public void cancelThreadsafe(String message) {
    cancelThreadsafe.accept(message, super::cancelThreadsafe);
  }

  @Override
  public boolean isDone() {
    return isDone.get(super::isDone);
  }

  @Override
  public boolean isCancelled() {
    return isCancelled.get(super::isCancelled);
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
  public List<Future<?>> awaitedBy() {
    return awaitedBy.get(super::awaitedBy);
  }

  @Override
  public T await() {
    return await.get(super::await);
  }
}
