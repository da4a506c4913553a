package org.asyncio4j.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;

/** A loop without I/O that keeps what it reports to itself. */
public class StressedLoop extends BaseEventLoop {

  private volatile boolean woken;
  private volatile Thread poller;

  StressedLoop(CoroutineMode mode) {
    super(LoopContext.defaults().withCoroutines(mode), "stressed");
    setExceptionHandler((loop, report) -> {});
  }

  /** A loop without a thread, whose tasks are not to be run and cost next to nothing. */
  public static StressedLoop withoutThread() {
    return new StressedLoop(CoroutineMode.HANDOFF) {
      @Override
      public <T> Coroutine<T> newCoroutine(
          String threadName, Callable<? extends T> body, Runnable onRunnable) {
        return new Idle<>();
      }
    };
  }

  /** Runs a body in a task of this loop, on the calling thread's time, and closes the loop. */
  public void runAndClose(Callable<?> body) {
    Task<Object> task = createTask(body);
    runUntilComplete(task);
    close();
  }

  @Override
  protected void poll(long waitNanos) {
    poller = Thread.currentThread();
    if (waitNanos > 0) {
      while (!woken) {
        LockSupport.park(this);
      }
    }
    woken = false;
  }

  @Override
  protected void wakeUp() {
    woken = true;
    LockSupport.unpark(poller);
  }

  @Override
  protected void closeResources() {
    // There are none.
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  private static final class Idle<T> implements Coroutine<T> {

    @Override
    public Suspension send() {
      return Suspension.PARKED;
    }

    @Override
    public Suspension throwInto(Throwable exception) {
      return Suspension.PARKED;
    }

    @Override
    public Future<?> awaited() {
      return null;
    }

    @Override
    public T value() {
      return null;
    }

    @Override
    public Throwable failure() {
      return null;
    }

    @Override
    public void interrupt() {
      // Nothing runs.
    }

    @Override
    public void clearInterrupt() {
      // Nothing runs.
    }

    @Override
    public List<StackTraceElement> stack() {
      return List.of();
    }
  }
}
