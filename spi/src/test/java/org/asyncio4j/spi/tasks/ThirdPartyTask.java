package org.asyncio4j.spi.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.spi.coroutine.Coroutine;

/** A task that knows nothing of the built-in one. */
final class ThirdPartyTask<T> extends BuiltinFuture<T> implements Task<T> {

  private final BaseEventLoop loop;
  private final Context context = Context.copyCurrent();
  private final Coroutine<T> coroutine;
  private String name;
  private Future<?> waitingFor;
  private CancelledError toRaise;
  private int requests;

  private ThirdPartyTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    super(loop);
    this.loop = loop;
    this.name = options.name().orElse("third party");
    this.coroutine = loop.newCoroutine(name, body, () -> {});
  }

  static <T> Task<T> start(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    ThirdPartyTask<T> task = new ThirdPartyTask<>(loop, body, options);
    TaskLifetime.registerTask(task);
    loop.callSoon(task::step);
    return task;
  }

  private void step() {
    CancelledError raised = toRaise;
    toRaise = null;
    waitingFor = null;
    TaskLifetime.enterTask(loop, this);
    try {
      switch (raised == null ? coroutine.send() : coroutine.throwInto(raised)) {
        case AWAITING -> await(requireNonNull(coroutine.awaited()));
        case YIELDED -> loop.callSoon(this::step);
        case PARKED -> throw new IllegalStateException("not in these tests");
        case RETURNED -> finish(() -> setResult(coroutine.value()));
        case RAISED -> finish(this::fail);
      }
    } finally {
      TaskLifetime.leaveTask(loop, this);
    }
  }

  private void await(Future<?> future) {
    waitingFor = future;
    future.addDoneCallback(done -> step());
    if (toRaise != null && future.cancel(toRaise.getMessage())) {
      toRaise = null;
    }
  }

  private void finish(Runnable outcome) {
    TaskLifetime.unregisterTask(this);
    outcome.run();
  }

  private void fail() {
    Throwable failure = requireNonNull(coroutine.failure());
    if (failure instanceof CancelledError cancelled) {
      super.cancel(cancelled.getMessage());
    } else {
      setException(failure);
    }
  }

  @Override
  public boolean cancel(String message) {
    if (isDone()) {
      return false;
    }
    requests++;
    if (waitingFor == null || !waitingFor.cancel(message)) {
      toRaise = new CancelledError(message);
    }
    return true;
  }

  @Override
  public int cancelling() {
    return requests;
  }

  @Override
  public int uncancel() {
    requests = Math.max(0, requests - 1);
    toRaise = requests == 0 ? null : toRaise;
    return requests;
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
    return coroutine.stack();
  }
}
