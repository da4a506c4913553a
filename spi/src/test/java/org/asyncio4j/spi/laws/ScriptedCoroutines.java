package org.asyncio4j.spi.laws;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Future;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.spi.fixture.TestLoop;

/** A loop whose tasks run coroutines of another kind: they yield once, then return. */
final class ScriptedCoroutines extends TestLoop {

  private final List<Thread> callers;
  private Runnable firstStep = () -> {};

  ScriptedCoroutines(List<Thread> callers) {
    super(LoopContext.defaults().withCoroutines(CoroutineMode.CARRIER));
    this.callers = callers;
  }

  /** Makes the next coroutine run an action in its first step. */
  void onFirstStep(Runnable action) {
    firstStep = action;
  }

  @Override
  @SuppressWarnings("unchecked") // all tasks of this loop return a string
  public <T> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    Runnable action = firstStep;
    firstStep = () -> {};
    return (Coroutine<T>) new Scripted(action);
  }

  private final class Scripted implements Coroutine<String> {

    private final Runnable action;
    private int sent;
    private Throwable raised;

    Scripted(Runnable action) {
      this.action = action;
    }

    @Override
    public Suspension send() {
      note();
      if (sent++ > 0) {
        return Suspension.RETURNED;
      }
      action.run();
      return Suspension.YIELDED;
    }

    @Override
    public Suspension throwInto(Throwable exception) {
      note();
      raised = exception;
      return Suspension.RAISED;
    }

    @Override
    public Future<?> awaited() {
      return null;
    }

    @Override
    public String value() {
      note();
      return "scripted";
    }

    @Override
    public Throwable failure() {
      return raised;
    }

    @Override
    public void interrupt() {
      note();
    }

    @Override
    public void clearInterrupt() {
      note();
    }

    @Override
    public List<StackTraceElement> stack() {
      return List.of();
    }
  }

  private void note() {
    callers.add(Thread.currentThread());
  }
}
