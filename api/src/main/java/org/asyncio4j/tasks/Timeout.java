package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.ThrowingFunction;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the time that a block of code may take: {@code asyncio.Timeout}. It can be used for
 * one block, once. Most programs use {@code Asyncio.timeout} and need this class only to change the
 * limit while the block runs.
 *
 * <p>When the time comes, the task that runs the block is cancelled. The {@link CancelledError}
 * that leaves the block becomes a {@link TimeoutException}, unless the task is also cancelled from
 * outside: that cancellation takes precedence, and the error is thrown unchanged. If the block
 * catches the error, the value that it returns is its result; if it throws another exception, that
 * is thrown, with the {@code TimeoutException} as a suppressed exception.
 *
 * <p>A block that is parked in a blocking call of the JDK is interrupted. Any exception that leaves
 * the block because of that becomes the cause of the {@code TimeoutException}, because libraries
 * turn interrupts into their own exceptions. If the call had completed or failed before the time
 * was up, the block is not interrupted, and an exception that it throws is thrown unchanged. Calls
 * that do not react to interrupts are not cut short: reads of files, of pipes of processes and of
 * {@code System.in}, {@code Lock.lock()}, {@code synchronized}, {@code CompletableFuture.join()}
 * and native code.
 *
 * <p>On the hand-off engine a blocking call holds up its loop, and with it the limits of other
 * tasks. A limit around the call itself still interrupts it, up to 50 ms late. The same is true of
 * a limit around an {@code await}, a gathering or a {@link TaskGroup} that waits for the task that
 * makes the call. A limit in any other task has to wait for the loop.
 *
 * <p>All methods must be called on the loop's thread.
 */
public final class Timeout {

  /** The time of a limit that never expires. */
  public static final long NEVER = Expiry.NEVER;

  private enum State {
    CREATED("created"),
    ENTERED("active"),
    EXPIRING("expiring"),
    EXPIRED("expired"),
    EXITED("finished");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  private final EventLoop loop;
  private final long createdAt;
  private long when;
  private State state = State.CREATED;
  private @Nullable OwnCancellation cancellation;
  private @Nullable Expiry expiry;

  private Timeout(EventLoop loop, long createdAt, long when) {
    this.loop = loop;
    this.createdAt = createdAt;
    this.when = when;
  }

  /**
   * Creates a limit that is counted from now ({@code asyncio.timeout}).
   *
   * @param limit how long from now; zero or less ends the block where it first waits; the duration
   *     of {@link java.time.temporal.ChronoUnit#FOREVER} means no limit
   * @return an unused limit
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Timeout after(Duration limit) {
    requireNonNull(limit, "limit");
    EventLoop loop = RunningLoop.require();
    long now = loop.time();
    return new Timeout(loop, now, sum(now, limit));
  }

  /**
   * Creates a limit at a point in the loop's time ({@code asyncio.timeout_at}).
   *
   * @param when nanoseconds of {@link EventLoop#time()}; a time that has passed ends the block
   *     where it first waits; {@link #NEVER} means no limit
   * @return an unused limit
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Timeout at(long when) {
    EventLoop loop = RunningLoop.require();
    return new Timeout(loop, loop.time(), when);
  }

  /** {@return when the time is up, in nanoseconds of the loop's time; {@link #NEVER} for never} */
  public long when() {
    return when;
  }

  /**
   * Changes the limit of a running block.
   *
   * @param when nanoseconds of {@link EventLoop#time()}; {@link #NEVER} lifts the limit
   * @throws IllegalStateException if the block has not begun, has ended, or its time is already up
   */
  public void reschedule(long when) {
    Expiry armed = expiry;
    if (armed != null && state == State.ENTERED) {
      armed.reschedule(when);
    }
    if (state != State.ENTERED) {
      throw new IllegalStateException(
          "cannot reschedule the timeout: it is %s; reschedule it in its block, before it expires"
              .formatted(state.word));
    }
    this.when = when;
  }

  /**
   * Changes the limit of a running block to one that is counted from now.
   *
   * @param limit how long from now; the duration of {@link java.time.temporal.ChronoUnit#FOREVER}
   *     lifts the limit
   * @throws IllegalStateException if the block has not begun, has ended, or its time is already up
   */
  public void reschedule(Duration limit) {
    reschedule(sum(loop.time(), requireNonNull(limit, "limit")));
  }

  /** {@return whether the time was up before the block ended} */
  public boolean expired() {
    OwnCancellation own = cancellation;
    if (own != null && state == State.ENTERED) {
      own.catchUp();
    }
    return state == State.EXPIRING || state == State.EXPIRED;
  }

  /**
   * Runs a block with a result in the current task, and cancels it when the time is up.
   *
   * @param block the block
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task, or if this limit was used before
   */
  public <T extends @Nullable Object, X extends Exception> T call(
      ThrowingCallable<? extends T, X> block) throws X, TimeoutException {
    requireNonNull(block, "block");
    enter();
    try {
      return block.call();
    } catch (Throwable thrown) {
      disarm();
      boolean told = requireNonNull(cancellation, "cancellation").isToldBy(thrown);
      if (leave()) {
        String message = "not done within " + limit();
        if (told) {
          throw new TimeoutException(message, thrown);
        }
        thrown.addSuppressed(new TimeoutException(message));
      }
      throw thrown;
    } finally {
      leave();
    }
  }

  /**
   * Runs a block with a result that may change this limit, as {@link #call(ThrowingCallable)} does.
   *
   * @param block receives this limit, to {@linkplain #reschedule(Duration) reschedule} it
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task, or if this limit was used before
   */
  public <T extends @Nullable Object, X extends Exception> T call(
      ThrowingFunction<Timeout, ? extends T, X> block) throws X, TimeoutException {
    requireNonNull(block, "block");
    return this.<T, X>call(() -> block.apply(this));
  }

  /**
   * Runs a block without a result, as {@link #call(ThrowingCallable)} does.
   *
   * @param block the block
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task, or if this limit was used before
   */
  public <X extends Exception> void run(ThrowingRunnable<X> block) throws X, TimeoutException {
    call(requireNonNull(block, "block").returningNull());
  }

  /**
   * Runs a block without a result that may change this limit, as {@link #call(ThrowingCallable)}
   * does.
   *
   * @param block receives this limit, to {@linkplain #reschedule(Duration) reschedule} it
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task, or if this limit was used before
   */
  public <X extends Exception> void run(ThrowingConsumer<Timeout, X> block)
      throws X, TimeoutException {
    requireNonNull(block, "block");
    ThrowingRunnable<X> body = () -> block.accept(this);
    run(body);
  }

  @Override
  public String toString() {
    return when == NEVER ? "<Timeout %s>".formatted(state.word) : described();
  }

  private String described() {
    return "<Timeout %s when=%d>".formatted(state.word, when);
  }

  private void enter() {
    if (state != State.CREATED) {
      throw new IllegalStateException(
          "cannot enter the timeout: it is %s; create one for each block".formatted(state.word));
    }
    OwnCancellation own = OwnCancellation.ofCurrentTask("a timeout");
    cancellation = own;
    state = State.ENTERED;
    expiry = own.scheduleExpiry(when, () -> expire(own));
  }

  /** Returns whether the time was up and the task is not cancelled from outside. */
  private boolean leave() {
    disarm();
    switch (state) {
      case ENTERED -> state = State.EXITED;
      case EXPIRING -> {
        state = State.EXPIRED;
        OwnCancellation own = requireNonNull(cancellation, "cancellation");
        own.takeBack();
        return !own.isJoinedByOthers();
      }
      case CREATED, EXPIRED, EXITED -> {}
    }
    return false;
  }

  private void disarm() {
    Expiry armed = expiry;
    if (armed != null) {
      expiry = null;
      armed.close();
    }
  }

  private void expire(OwnCancellation own) {
    state = State.EXPIRING;
    own.request("a time limit of " + limit() + " has passed");
  }

  private Duration limit() {
    return Duration.ofNanos(Math.max(0, when - createdAt));
  }

  private static long sum(long now, Duration limit) {
    if (limit.isNegative()) {
      return now;
    }
    return limit.compareTo(Duration.ofNanos(NEVER - now)) >= 0 ? NEVER : now + limit.toNanos();
  }
}
