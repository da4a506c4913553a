package org.asyncio4j.spi.internal.fiber;

import java.util.Arrays;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.failure.SneakyThrow;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that belongs to a loop: the body of a task, or a runner of callbacks.
 *
 * <p>All fields are confined to the loop's thread unless a comment says otherwise.
 *
 * @param <T> the type of the body's result
 */
public abstract sealed class Fiber<T extends @Nullable Object> implements Coroutine<T>
    permits CarrierFiber, HandoffFiber {

  private static final String FIBERS = Fiber.class.getPackageName() + ".";
  private static final String OUTERMOST = "runBody";

  private final Object owner;
  private final boolean awaits;
  private @Nullable Context context;
  private @Nullable Future<?> awaited;
  private @Nullable Throwable injected;
  private boolean clearInterrupt;
  private @Nullable T value;
  private @Nullable Throwable failure;
  private Suspension suspension = Suspension.YIELDED;
  private boolean ended;

  Fiber(Object owner, boolean awaits) {
    this.owner = owner;
    this.awaits = awaits;
  }

  /** {@return the fiber of the calling thread, or {@code null} if it is not a fiber} */
  public static @Nullable Fiber<?> current() {
    Thread thread = Thread.currentThread();
    if (!thread.isVirtual()) {
      return null;
    }
    Object scheduler = CarrierAccess.schedulerOf(thread);
    // A thread that was started in a task inherits the task's scheduler, but is not the task; it
    // may be a fiber of the other engine.
    return scheduler instanceof CarrierFiber<?> fiber && fiber.thread() == thread
        ? fiber
        : HandoffFiber.ofThread();
  }

  /** {@return the loop that this fiber belongs to} */
  public final Object owner() {
    return owner;
  }

  /**
   * {@return whether this is the body of a coroutine, which can wait, rather than a callback
   * runner}
   */
  public final boolean awaits() {
    return awaits;
  }

  /** {@return the context of the code that runs in this fiber} */
  public final @Nullable Context context() {
    return context;
  }

  /**
   * Changes the context of the code that runs in this fiber.
   *
   * @param changed the context, or {@code null} for none yet
   */
  public final void setContext(@Nullable Context changed) {
    context = changed;
  }

  /**
   * Suspends this fiber, from within it, and returns control to the caller of {@code send}.
   *
   * @param reason {@link Suspension#AWAITING} or {@link Suspension#YIELDED}
   * @param future the awaited future
   */
  public final void suspend(Suspension reason, @Nullable Future<?> future) {
    suspension = reason;
    awaited = future;
    switchOut();
    awaited = null;
    if (clearInterrupt) {
      clearInterrupt = false;
      Thread.interrupted();
    }
    raiseInjected();
  }

  @Override
  public final Suspension send() {
    return resume(null);
  }

  @Override
  public final Suspension throwInto(Throwable exception) {
    return resume(exception);
  }

  @Override
  public final @Nullable Future<?> awaited() {
    return awaited;
  }

  @Override
  @SuppressWarnings("NullAway") // there is a value, with the nullness of T, after RETURNED
  public final T value() {
    return value;
  }

  @Override
  public final @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public final void interrupt() {
    thread().interrupt();
  }

  @Override
  public final void clearInterrupt() {
    if (Thread.currentThread() == thread()) {
      Thread.interrupted();
    } else {
      clearInterrupt = true;
    }
  }

  @Override
  public final List<StackTraceElement> stack() {
    return List.of(framesOfUser(thread()));
  }

  /**
   * Returns the stack of a thread, without the frames of the framework. Callable from any thread.
   *
   * @param thread a fiber's thread, or the loop's
   * @return the frames, innermost first
   */
  public static StackTraceElement[] framesOfUser(Thread thread) {
    StackTraceElement[] all = thread.getStackTrace();
    return Arrays.stream(all, innermostOfBody(all), all.length)
        .filter(Fiber::isOfUser)
        .toArray(StackTraceElement[]::new);
  }

  /** {@return the virtual thread} */
  public abstract Thread thread();

  /**
   * Abandons a body that has not ended, because its loop closes. A cancellation is thrown where the
   * body waits, and the body runs to its end elsewhere; if it waits again, an {@link
   * IllegalStateException} is thrown.
   *
   * @param cancellation the exception to throw
   */
  public final void abandon(Throwable cancellation) {
    if (!ended) {
      injected = cancellation;
      release();
    }
  }

  abstract void release();

  abstract void switchOut();

  abstract Suspension switchIn();

  final void runBody(java.util.concurrent.Callable<? extends T> body) {
    try {
      raiseInjected();
      value = body.call();
      suspension = Suspension.RETURNED;
    } catch (Throwable thrown) {
      failure = thrown;
      suspension = Suspension.RAISED;
    }
    ended = true;
  }

  final boolean ended() {
    return ended;
  }

  final Suspension suspension() {
    return suspension;
  }

  private Suspension resume(@Nullable Throwable exception) {
    if (ended) {
      throw new IllegalStateException("cannot resume the coroutine: its body has ended");
    }
    if (exception != null) {
      injected = exception;
    }
    return switchIn();
  }

  private void raiseInjected() {
    Throwable exception = injected;
    if (exception != null) {
      injected = null;
      throw SneakyThrow.asIs(exception);
    }
  }

  /** Returns how many frames belong to the switch to another fiber, including those of the JDK. */
  private static int innermostOfBody(StackTraceElement[] all) {
    int first = 0;
    while (first < all.length && isOfJdk(all[first])) {
      first++;
    }
    boolean switched =
        first < all.length
            && all[first].getClassName().startsWith(FIBERS)
            && !all[first].getMethodName().equals(OUTERMOST);
    return switched ? first : 0;
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
  }

  private static boolean isOfUser(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("org.asyncio4j.spi.")
        && !name.startsWith("java.lang.VirtualThread")
        && !name.startsWith("java.lang.Thread")
        && !name.startsWith("jdk.internal.vm.");
  }
}
