package org.asyncio4j.spi.internal.fiber;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop as a virtual thread that passes a baton to its tasks, and polls on a platform thread:
 * needs no flag and no access to JDK internals.
 */
public final class HandoffEngine implements FiberEngine {

  private final Object owner;
  private final String name;
  private final Batch batch;
  private final HoldWatch watch;
  private final BlockingPolls polls;
  private @Nullable LoopRunner runner;

  /**
   * Creates an engine.
   *
   * @param owner the loop
   * @param name the name of its thread
   * @param batch the callbacks of the loop
   */
  public HandoffEngine(Object owner, String name, Batch batch) {
    this.owner = owner;
    this.name = name;
    this.batch = batch;
    this.watch = new HoldWatch(name, batch);
    this.polls = new BlockingPolls(name + "-poll", watch);
  }

  @Override
  public String name() {
    return "handoff";
  }

  @Override
  public boolean isLoopThread(@Nullable Fiber<?> caller) {
    return caller != null && caller.owner() == owner;
  }

  @Override
  public void run(Cycle cycle) throws IOException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    HandoffFiber<?> loop =
        new HandoffFiber<>(
            owner,
            watch,
            name,
            () -> {
              try {
                cycle.run();
              } catch (Throwable failure) {
                thrown.set(failure);
              }
            });
    runner = new LoopRunner(loop);
    try {
      polls.start();
      loop.thread().start();
      Uninterruptibles.joinUninterruptibly(loop.thread());
    } finally {
      polls.stop();
      runner = null;
    }
    RunFailure.rethrow(thrown.get());
  }

  @Override
  public <T extends @Nullable Object> Fiber<T> newFiber(
      String fiberName, Callable<? extends T> body, Runnable onRunnable) {
    return new HandoffFiber<>(
        owner, watch, onRunnable instanceof WakeUp wakeUp ? wakeUp.alarm() : null, fiberName, body);
  }

  @Override
  public boolean carries(Object coroutine) {
    return coroutine instanceof HandoffFiber<?> fiber && fiber.owner() == owner;
  }

  @Override
  public void runCallbacks() {
    LoopRunner current = runner;
    if (current != null) {
      HandoffFiber<?> before = watch.change(current.fiber());
      try {
        batch.runCallbacks(current);
      } finally {
        watch.change(before);
      }
    }
  }

  @Override
  public void poll(long waitNanos, Poll poll) throws IOException {
    polls.poll(waitNanos, poll);
  }

  @Override
  public boolean pollsWhereItTicks() {
    return false;
  }

  @Override
  public boolean isHeldByParked() {
    return true;
  }

  @Override
  public PollThread pollThread() {
    return polls.thread();
  }

  @Override
  public void close() {
    polls.thread().close();
    runner = null;
  }

  private record LoopRunner(HandoffFiber<?> fiber) implements Runner {

    @Override
    public boolean isCurrent() {
      return true;
    }
  }
}
