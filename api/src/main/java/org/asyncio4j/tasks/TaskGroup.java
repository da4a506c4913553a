package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.ThrowingFunction;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.failure.SneakyThrow;
import org.asyncio4j.internal.identity.IdentitySet;
import org.jspecify.annotations.Nullable;

/**
 * A group of tasks none of which outlives the block that the group is made for, and whose failures
 * are never lost ({@code asyncio.TaskGroup}).
 *
 * <pre>{@code
 * String both = TaskGroup.call(group -> {
 *   Task<String> left = group.createTask(() -> fetch("left"));
 *   Task<String> right = group.createTask(() -> fetch("right"));
 *   return left.await() + right.await();
 * });
 * }</pre>
 *
 * <p>When a child fails, the other children and the body are cancelled. The children are also
 * cancelled when the body fails, or when the task that runs it is cancelled. A cancelled child does
 * not count as a failure. The block ends when all children have ended, no matter how long their
 * clean-up takes.
 *
 * <p>It then throws the first failure, of a child or of the body, unchanged; later failures are the
 * {@linkplain Throwable#getSuppressed() suppressed} exceptions of the first, each once. (asyncio
 * throws an {@code ExceptionGroup} of all, for which Java has no {@code except*}.) If the task was
 * also cancelled from outside at the same time, the failure takes precedence, and the task receives
 * the cancellation where it waits next.
 *
 * <p>All methods must be called on the loop's thread, in any task or callback.
 */
public final class TaskGroup {

  private final OwnCancellation own;
  private final EventLoop loop;
  private final Set<Task<?>> children = new IdentitySet<>();
  private final Failures failures = new Failures();
  private final Children reachable = new Children();
  private boolean bodyEnded;
  private boolean shuttingDown;
  private boolean unseen;
  private @Nullable Throwable cancelled;
  private @Nullable Promise<@Nullable Void> childless;

  private TaskGroup(OwnCancellation own) {
    this.own = own;
    this.loop = own.task().loop();
  }

  /**
   * Runs a body with a result in the current task; the body creates tasks in a new group. Then
   * waits for all of them.
   *
   * @param body receives the group
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result; {@code null} if the group was {@linkplain #cancel() cancelled} before the
   *     body returned
   * @throws X if the body throws it; the failure of a child is thrown, too, although the compiler
   *     does not see it; {@code child.awaitThrowing(IOException.class)} declares it
   * @throws CancelledError if the current task was cancelled from outside the group, or the body
   *     propagated the error of another cancelled future, and nothing has failed
   * @throws IllegalStateException if the caller is not a task
   */
  @SuppressWarnings("RedundantThrows") // the body declares it
  public static <T extends @Nullable Object, X extends Exception> @Nullable T call(
      ThrowingFunction<TaskGroup, ? extends T, X> body) throws X {
    requireNonNull(body, "body");
    return new TaskGroup(OwnCancellation.ofCurrentTask("a task group")).around(body);
  }

  /**
   * Runs a body without a result, as {@link #call(ThrowingFunction)} does.
   *
   * @param body receives the group
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the body throws it; the failure of a child is thrown, too
   * @throws CancelledError if the current task was cancelled from outside the group, and nothing
   *     has failed
   * @throws IllegalStateException if the caller is not a task
   */
  @SuppressWarnings("RedundantThrows") // the body declares it
  public static <X extends Exception> void run(ThrowingConsumer<TaskGroup, X> body) throws X {
    requireNonNull(body, "body");
    ThrowingFunction<TaskGroup, @Nullable Void, X> function =
        group -> {
          body.accept(group);
          return null;
        };
    call(function);
  }

  /**
   * Creates a child and schedules its first step.
   *
   * @param body the code that the child runs
   * @param <T> the type of its result
   * @return the child
   * @throws IllegalStateException if the group has ended or is shutting down, because something has
   *     failed or it was cancelled; the body does not run
   * @throws WrongThreadException if the caller is not on the loop's thread
   */
  public <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a child without a result and schedules its first step.
   *
   * @param body the code that the child runs
   * @return the child
   * @throws IllegalStateException if the group has ended or is shutting down
   */
  public Task<@Nullable Void> createTask(ThrowingRunnable<? extends Exception> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a child with a name, a context and more.
   *
   * @param body the code that the child runs
   * @param options the options of the task
   * @param <T> the type of its result
   * @return the child
   * @throws IllegalStateException if the group has ended or is shutting down
   */
  public <T extends @Nullable Object> Task<T> createTask(
      Callable<? extends T> body, TaskOptions options) {
    requireNonNull(body, "body");
    requireNonNull(options, "options");
    ensureOpen();
    Task<T> child = loop.createTask(body, options);
    child.addDoneCallback(new ChildDone<>(this, child));
    children.add(child);
    // If its first step was eager, it may have ended the group.
    if (shuttingDown && !child.isDone()) {
      child.cancel("the task group is shutting down");
    }
    return child;
  }

  /**
   * Creates a child without a result, with a name, a context and more.
   *
   * @param body the code that the child runs
   * @param options the options of the task
   * @return the child
   * @throws IllegalStateException if the group has ended or is shutting down
   */
  public Task<@Nullable Void> createTask(
      ThrowingRunnable<? extends Exception> body, TaskOptions options) {
    return createTask(requireNonNull(body, "body").returningNull(), options);
  }

  /**
   * Ends the group without an exception (asyncio, 3.15): cancels the children, and the body at the
   * point where it waits next. The block ends when all have ended; only failures are thrown. Does
   * nothing if the group has ended or is shutting down.
   */
  public void cancel() {
    shutDown("the task group was cancelled");
  }

  private <T extends @Nullable Object> @Nullable T around(
      ThrowingFunction<TaskGroup, ? extends T, ? extends Exception> body) {
    T value = null;
    Runnable closing = own.openGroup(reachable);
    try {
      try {
        value = body.apply(this);
        bodyReturned();
      } catch (Throwable thrown) {
        bodyThrew(thrown);
      }
      while (!children.isEmpty()) {
        awaitChildren();
      }
    } finally {
      closing.run();
    }
    if (!failures.isEmpty()) {
      if (own.isJoinedByOthers()) {
        seeThatOfOthers();
        own.repeatThatOfOthers(cancelled == null ? null : cancelled.getMessage());
      }
      throw SneakyThrow.asIs(failures.joined(loop));
    }
    if (cancelled != null) {
      throw SneakyThrow.asIs(cancelled);
    }
    return value;
  }

  private void bodyReturned() {
    bodyEnded = true;
    own.takeBack();
    unseen = own.isRequested();
  }

  private void bodyThrew(Throwable thrown) {
    bodyEnded = true;
    boolean told = own.isToldBy(thrown);
    own.takeBack();
    boolean byOthers = own.isJoinedByOthers();
    if (told) {
      unseen = own.isRequested() && !(thrown instanceof CancelledError);
      cancelled = own.isRequested() && !byOthers ? null : thrown;
    } else {
      // A failure that came before that of the body must be reported first.
      List.copyOf(children).stream().filter(Future::isDone).forEach(this::ended);
      failures.add(thrown);
    }
    shutDown("the body of the task group ended early");
  }

  private void awaitChildren() {
    Promise<@Nullable Void> end = loop.createFuture();
    childless = end;
    try {
      end.await();
    } catch (CancelledError seen) {
      if (unseen && !own.isJoinedByOthers()) {
        unseen = false;
        return;
      }
      if (!(cancelled instanceof CancelledError)) {
        cancelled = cancelled == null ? seen : new CancelledError(seen.getMessage(), cancelled);
      }
      shutDown("the task of the task group was cancelled");
    } finally {
      childless = null;
    }
  }

  /** The exception of an interrupted body is not the cancellation that its task has to see next. */
  private void seeThatOfOthers() {
    boolean disguised = cancelled != null && !(cancelled instanceof CancelledError);
    if (disguised && own.task().hasUnseenCancellation()) {
      awaitChildren();
    }
  }

  private void ended(Task<?> child) {
    if (!children.remove(child)) {
      return;
    }
    Promise<@Nullable Void> end = childless;
    if (end != null && children.isEmpty()) {
      end.trySetResult(null);
    }
    Throwable failure = child.isCancelled() ? null : child.exception().orElse(null);
    // A third-party task may store it as a failure; if it were thrown here, it would look like a
    // cancellation of the task that runs the group.
    if (failure != null && !(failure instanceof CancelledError)) {
      failures.add(failure);
      shutDown("a child of the task group failed");
    }
  }

  private void shutDown(String reason) {
    if (shuttingDown || hasEnded()) {
      return;
    }
    shuttingDown = true;
    for (Task<?> child : List.copyOf(children)) {
      if (!reachable.cancelledAhead.contains(child)) {
        child.cancel(reason);
      }
    }
    if (!bodyEnded) {
      own.request(reason);
    }
  }

  private boolean hasEnded() {
    return bodyEnded && children.isEmpty();
  }

  private void ensureOpen() {
    if (hasEnded() || shuttingDown) {
      throw new IllegalStateException(
          "cannot create a task in the group: it %s; create tasks before the group ends, or in another group"
              .formatted(hasEnded() ? "has ended" : "is shutting down"));
    }
  }

  /** The children as seen by a loop that one of them holds. */
  private final class Children implements GroupChildren {

    private Set<Task<?>> cancelledAhead = Set.of();

    @Override
    public boolean contain(Future<?> task) {
      return !shuttingDown
          && task instanceof Task<?> child
          && children.contains(child)
          && !cancelledAhead.contains(child);
    }

    @Override
    public boolean areAwaited() {
      return childless != null;
    }

    @Override
    public boolean noteCancelledAhead(Future<?> task) {
      if (shuttingDown || !(task instanceof Task<?> child)) {
        return false;
      }
      if (cancelledAhead.isEmpty()) {
        cancelledAhead = new IdentitySet<>();
      }
      return cancelledAhead.add(child);
    }

    @Override
    public void forgetCancelledAhead() {
      cancelledAhead = Set.of();
    }
  }

  private record ChildDone<T extends @Nullable Object>(TaskGroup group, Task<T> child)
      implements AwaitingCallback<T> {

    @Override
    public Future<?> awaiter() {
      return group.own.task();
    }

    @Override
    public void accept(Future<T> done) {
      group.ended(child);
    }
  }
}
