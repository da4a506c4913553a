package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.coroutine.Suspension;
import org.jspecify.annotations.Nullable;

/**
 * Runs the fibers of a loop on the platform thread on which it polls. No user code runs directly on
 * that thread: a callback that waited there for a lock held by a task of the loop would deadlock.
 */
public final class CarrierEngine implements FiberEngine {

  // The stack of a mounted virtual thread is on the stack of its carrier.
  private static final long STACK_SIZE = 32L << 20;

  private final Object owner;
  private final String name;
  private final Batch batch;
  private final PollThread pollThread;
  private volatile @Nullable Thread carrier;
  private volatile boolean closed;
  private @Nullable CallbackRunner runner;
  private final Set<CallbackRunner> parkedRunners = new HashSet<>();

  // Runners are created in a fiber or by the thread that runs the loop, never on the carrier,
  // because starting a thread takes locks. They end with the run: the JVM keeps a live thread
  // reachable, and with it the loop, which could then not be collected.
  private @Nullable CallbackRunner spare;

  /**
   * Creates an engine.
   *
   * @param owner the loop
   * @param name the name of its thread
   * @param batch the callbacks of the loop
   */
  public CarrierEngine(Object owner, String name, Batch batch) {
    this.owner = owner;
    this.name = name;
    this.batch = batch;
    this.pollThread = new PollThread(name, STACK_SIZE);
  }

  /** {@return the reason why this engine is unavailable on this JVM, if it is} */
  public static Optional<String> problem() {
    return CarrierAccess.problem();
  }

  @Override
  public String name() {
    return "carrier";
  }

  @Override
  public boolean isLoopThread(@Nullable Fiber<?> caller) {
    return caller == null ? isCarrier() : caller.owner() == owner;
  }

  @Override
  public void run(Cycle cycle) throws IOException {
    AtomicReference<@Nullable IOException> failed = new AtomicReference<>();
    runner = new CallbackRunner();
    PollThread.Errand errand =
        pollThread.start(() -> {
          carrier = Thread.currentThread();
          try {
            cycle.run();
          } catch (IOException failure) {
            failed.set(failure);
          } finally {
            endRunners();
            carrier = null;
          }
        });
    RunFailure.rethrow(errand.await());
    RunFailure.rethrow(failed.get());
  }

  /**
   * Called on the carrier when it no longer runs anything. Parked runners continue by themselves.
   */
  private void endRunners() {
    CallbackRunner current = runner;
    CallbackRunner unused = spare;
    runner = null;
    spare = null;
    if (current != null) {
      current.end();
    }
    if (unused != null) {
      unused.end();
    }
  }

  @Override
  public <T extends @Nullable Object> Fiber<T> newFiber(
      String fiberName, Callable<? extends T> body, Runnable onRunnable) {
    return new CarrierFiber<>(this, true, fiberName, body, onRunnable);
  }

  @Override
  public boolean carries(Object coroutine) {
    return coroutine instanceof CarrierFiber<?> fiber && fiber.owner() == owner;
  }

  @Override
  public void runCallbacks() {
    CallbackRunner current = runner;
    if (current == null) {
      current = spare == null ? new CallbackRunner() : spare;
      spare = null;
      runner = current;
    }
    current.resume();
  }

  @Override
  public void poll(long waitNanos, Poll poll) throws IOException {
    poll.poll(waitNanos);
  }

  @Override
  public boolean pollsWhereItTicks() {
    return true;
  }

  @Override
  public boolean isHeldByParked() {
    return false;
  }

  @Override
  public PollThread pollThread() {
    return pollThread;
  }

  @Override
  public void close() {
    closed = true;
    pollThread.close();
    List<CallbackRunner> left = new ArrayList<>(parkedRunners);
    parkedRunners.clear();
    left.forEach(each -> each.fiber.goOnElsewhere());
  }

  void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("cannot wait: the loop is closed");
    }
  }

  Object owner() {
    return owner;
  }

  Batch batch() {
    return batch;
  }

  boolean isCarrier() {
    return Thread.currentThread() == carrier;
  }

  /** Never throws or blocks, because the JDK's own threads call this. */
  void wake(Runnable continuation, Runnable onRunnable) {
    if (!closed) {
      onRunnable.run();
    }
    if (closed) {
      // Running a continuation that is not runnable does nothing, so doing both is harmless.
      CarrierAccess.defaultScheduler().execute(continuation);
    }
  }

  /** A fiber that runs callbacks until one of them parks; then another takes its place. */
  private final class CallbackRunner implements Runner {

    private final CarrierFiber<@Nullable Void> fiber =
        new CarrierFiber<>(
            CarrierEngine.this, false, name + "-callbacks", this::main, this::unparked);

    // Read by threads that return the continuation after a stack walk.
    private volatile boolean ending;

    @Override
    public Fiber<?> fiber() {
      return fiber;
    }

    @Override
    public boolean isCurrent() {
      return runner == this;
    }

    void resume() {
      if (fiber.mount() == Suspension.PARKED) {
        batch.callbackParked();
        parkedRunners.add(this);
        if (runner == this) {
          runner = null;
        }
      } else if (fiber.ended()) {
        parkedRunners.remove(this);
      }
    }

    /** Ends a runner that is no longer the current one and has no callback to continue. */
    void end() {
      ending = true;
      // Parked only if a stack walk prevented it from running, which then returns it through
      // unparked().
      Suspension ignored = fiber.mount();
    }

    private @Nullable Void main() {
      if (isCurrent() && spare == null && !closed) {
        spare = new CallbackRunner();
      }
      while (isCurrent()) {
        batch.runCallbacks(this);
        if (isCurrent()) {
          fiber.suspend(Suspension.YIELDED, null);
        }
      }
      return null;
    }

    private void unparked() {
      if (ending) {
        fiber.goOnElsewhere();
      } else {
        batch.resumeLater(this::resume);
      }
    }
  }
}
