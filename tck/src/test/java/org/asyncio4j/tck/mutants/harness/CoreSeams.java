package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.driver.Driver;

/** The methods of a mutant that run callbacks, tasks and futures. */
@SuppressWarnings("unchecked") // a seam has no type parameter that lasts for one call
public abstract class CoreSeams extends HookSeams {

  public final Seam<Void, Void> runForever = new Seam<>();
  public final Seam<Future<Object>, Object> runUntilComplete = new Seam<>();
  public final Seam<Void, Void> stop = new Seam<>();
  public final Seam<Void, Void> close = new Seam<>();
  public final Seam<Void, Boolean> isRunning = new Seam<>(false);
  public final Seam<Void, Boolean> isClosed = new Seam<>(false);
  public final Seam<Void, Boolean> isDebug = new Seam<>(false);
  public final Seam<Void, Long> time = new Seam<>(0L);
  public final Seam<Runnable, Handle> callSoon = new Seam<>();
  public final Seam<Callback, Handle> callSoonIn = new Seam<>();
  public final Seam<Runnable, Handle> callSoonThreadsafe = new Seam<>();
  public final Seam<Delay, TimerHandle> callLater = new Seam<>();
  public final Seam<Timer, TimerHandle> callAt = new Seam<>();
  public final Seam<Timer, TimerHandle> callAtIn = new Seam<>();
  public final Seam<Void, Promise<Object>> createFuture = new Seam<>();
  public final Seam<NewTask, Task<Object>> createTask = new Seam<>();
  public final Seam<NewCoroutine, Coroutine<Object>> newCoroutine = new Seam<>();
  public final Seam<Void, Optional<Task<?>>> currentTask = new Seam<>();
  public final Seam<Void, Set<Task<?>>> allTasks = new Seam<>();
  public final Seam<Callable<Object>, Future<Object>> runInExecutor = new Seam<>();
  public final Seam<Offload, Future<Object>> runInGivenExecutor = new Seam<>();
  public final Seam<ExecutorService, Void> setDefaultExecutor = new Seam<>();
  public final Seam<ErrorReport, Void> callExceptionHandler = new Seam<>();
  public final Seam<ExceptionHandler, Void> setExceptionHandler = new Seam<>();

  CoreSeams(LoopContext context, Driver driver, Set<Capability> capabilities) {
    super(context, driver, capabilities);
  }

  /** A callback that is to run in a context. */
  public record Callback(Runnable callback, Context context) {

    public Callback calling(Runnable changed) {
      return new Callback(changed, context);
    }
  }

  /** A callback that is to run after a delay. */
  public record Delay(Duration delay, Runnable callback) {}

  /** A callback that is to run at a time; the context is that of the caller unless one is given. */
  public record Timer(long when, Runnable callback, Context context) {

    public Timer at(long changed) {
      return new Timer(changed, callback, context);
    }

    public Timer calling(Runnable changed) {
      return new Timer(when, changed, context);
    }
  }

  /** A task that is to be made. */
  public record NewTask(Callable<Object> body, TaskOptions options) {

    public NewTask running(Callable<Object> changed) {
      return new NewTask(changed, options);
    }

    public NewTask with(TaskOptions changed) {
      return new NewTask(body, changed);
    }
  }

  /** A coroutine that is to be made. */
  public record NewCoroutine(String threadName, Callable<Object> body, Runnable onRunnable) {}

  /** Blocking code that is to run in an executor. */
  public record Offload(Executor executor, Callable<Object> body) {}

  @Override
  public void runForever() {
    runForever.accept(null, _ -> super.runForever());
  }

  @Override
  public <T> T runUntilComplete(Future<T> future) {
    return (T) runUntilComplete.call((Future<Object>) future, super::runUntilComplete);
  }

  @Override
  public void stop() {
    stop.accept(null, _ -> super.stop());
  }

  @Override
  public void close() {
    close.accept(null, _ -> super.close());
  }

  @Override
  public boolean isRunning() {
    return isRunning.get(super::isRunning);
  }

  @Override
  public boolean isClosed() {
    return isClosed.get(super::isClosed);
  }

  @Override
  public boolean isDebug() {
    return isDebug.get(super::isDebug);
  }

  @Override
  public long time() {
    return time.get(super::time);
  }

  @Override
  public Handle callSoon(Runnable callback) {
    return callSoon.call(callback, super::callSoon);
  }

  @Override
  public Handle callSoon(Runnable callback, Context context) {
    return callSoonIn.call(
        new Callback(callback, context), it -> super.callSoon(it.callback(), it.context()));
  }

  @Override
  public Handle callSoonThreadsafe(Runnable callback) {
    return callSoonThreadsafe.call(callback, super::callSoonThreadsafe);
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callLater.call(
        new Delay(delay, callback), it -> super.callLater(it.delay(), it.callback()));
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback) {
    return callAt.call(
        new Timer(when, callback, null), it -> super.callAt(it.when(), it.callback()));
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback, Context context) {
    return callAtIn.call(
        new Timer(when, callback, context),
        it -> super.callAt(it.when(), it.callback(), it.context()));
  }

  @Override
  public <T> Promise<T> createFuture() {
    return (Promise<T>) createFuture.get(super::<Object>createFuture);
  }

  @Override
  public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
    return (Task<T>)
        createTask.call(
            new NewTask((Callable<Object>) body, options),
            it -> super.<Object>createTask(it.body(), it.options()));
  }

  @Override
  public <T> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    return (Coroutine<T>)
        newCoroutine.call(
            new NewCoroutine(threadName, (Callable<Object>) body, onRunnable),
            it -> super.<Object>newCoroutine(it.threadName(), it.body(), it.onRunnable()));
  }

  @Override
  public Optional<Task<?>> currentTask() {
    return currentTask.get(super::currentTask);
  }

  @Override
  public Set<Task<?>> allTasks() {
    return allTasks.get(super::allTasks);
  }

  @Override
  public <T> Future<T> runInExecutor(Callable<? extends T> body) {
    return (Future<T>)
        runInExecutor.call((Callable<Object>) body, it -> super.<Object>runInExecutor(it));
  }

  @Override
  public <T> Future<T> runInExecutor(Executor executor, Callable<? extends T> body) {
    return (Future<T>)
        runInGivenExecutor.call(
            new Offload(executor, (Callable<Object>) body),
            it -> super.<Object>runInExecutor(it.executor(), it.body()));
  }

  @Override
  public void setDefaultExecutor(ExecutorService executor) {
    setDefaultExecutor.accept(executor, super::setDefaultExecutor);
  }

  @Override
  public void callExceptionHandler(ErrorReport report) {
    callExceptionHandler.accept(report, super::callExceptionHandler);
  }

  @Override
  public void setExceptionHandler(ExceptionHandler handler) {
    setExceptionHandler.accept(handler, super::setExceptionHandler);
  }

  /** The current task, also where the mutant names another one. */
  public final Optional<Task<?>> correctCurrentTask() {
    return super.currentTask();
  }

  /** The tasks that are not done, also where the mutant names others. */
  public final Set<Task<?>> correctTasks() {
    return super.allTasks();
  }
}
