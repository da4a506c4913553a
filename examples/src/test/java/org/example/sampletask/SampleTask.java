package org.example.sampletask;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;
import org.jspecify.annotations.Nullable;

/** A minimal task. */
// region sample-task
final class SampleTask<T> extends BuiltinFuture<T> implements Task<T> {

  private final BaseEventLoop loop;
  private final Context context;
  private final Coroutine<T> coroutine;
  private String name;
  private @Nullable Future<?> waitingFor;
  private @Nullable CancelledError toRaise;
  private boolean parked;
  private int cancelling;

  SampleTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    super(loop);
    this.loop = loop;
    this.name = options.name().orElse("sample");
    this.context = options.context().orElseGet(Context::copyCurrent);
    this.coroutine =
        loop.newCoroutine(name, () -> context.<T, Exception>run(body::call), this::goOn);
    if (options.eagerStart() && loop.isRunning()) {
      startEagerly();
    } else {
      loop.callSoon(this::step, context);
      TaskLifetime.registerTask(this);
    }
  }

  private void startEagerly() {
    Task<?> creator = TaskLifetime.swapCurrentTask(loop, this);
    TaskLifetime.registerEagerTask(this);
    try {
      react(coroutine.send());
      if (!isDone()) {
        TaskLifetime.registerTask(this);
      }
      if (parked) {
        // The wake-up may have come before the task was marked parked; an extra one does nothing.
        loop.callSoon(this::goOn, context);
      }
    } finally {
      TaskLifetime.unregisterEagerTask(this);
      TaskLifetime.swapCurrentTask(loop, creator);
    }
  }

  private void goOn() {
    if (parked) {
      step();
    }
  }

  private void step() {
    if (isDone()) {
      return;
    }
    CancelledError raised = parked ? null : toRaise;
    toRaise = parked ? toRaise : null;
    parked = false;
    waitingFor = null;
    TaskLifetime.enterTask(loop, this);
    try {
      react(raised == null ? coroutine.send() : coroutine.throwInto(raised));
    } finally {
      TaskLifetime.leaveTask(loop, this);
    }
  }

  private void react(Suspension suspension) {
    switch (suspension) {
      case AWAITING -> await(Objects.requireNonNull(coroutine.awaited()));
      case YIELDED -> loop.callSoon(this::step, context);
      case PARKED -> parked = true;
      case RETURNED -> finish(this::succeed);
      case RAISED -> finish(this::fail);
    }
  }

  private <U> void await(Future<U> future) {
    waitingFor = future;
    future.addDoneCallback(new Waiting<U>(this), context);
    if (toRaise != null && future.cancel(toRaise.getMessage())) {
      toRaise = null;
    }
  }

  private void finish(Runnable outcome) {
    TaskLifetime.unregisterTask(this);
    outcome.run();
  }

  private void succeed() {
    if (toRaise == null) {
      setResult(coroutine.value());
    } else {
      super.cancel(toRaise.getMessage());
    }
  }

  private void fail() {
    Throwable failure = Objects.requireNonNull(coroutine.failure());
    if (failure instanceof CancelledError cancelled) {
      super.cancel(cancelled.getMessage());
    } else {
      setException(failure);
    }
  }

  @Override
  public boolean cancel(@Nullable String message) {
    if (isDone()) {
      return false;
    }
    cancelling++;
    boolean passedOn = waitingFor != null && waitingFor.cancel(message);
    if (!passedOn && toRaise == null) {
      toRaise = new CancelledError(message);
    }
    return true;
  }

  /** Takes the next step, and names the awaiting task in call graphs. */
  private record Waiting<U>(SampleTask<?> awaiter) implements AwaitingCallback<U> {

    @Override
    public void accept(Future<U> done) {
      awaiter.step();
    }
  }

  // endregion

  @Override
  public int cancelling() {
    return cancelling;
  }

  @Override
  public int uncancel() {
    cancelling = Math.max(0, cancelling - 1);
    toRaise = cancelling == 0 ? null : toRaise;
    return cancelling;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void setName(String changed) {
    name = changed;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public List<StackTraceElement> stack() {
    return isDone() ? List.of() : coroutine.stack();
  }
}
