package org.asyncio4j.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.spi.internal.fiber.Alarm;
import org.jspecify.annotations.Nullable;

/**
 * Reaches a body that holds its loop, for the expiry of time limits, requests of other threads, and
 * a cancellation that the body itself has requested. Limits and requests are also passed to the
 * loop; each is handled once, by the loop or when the body was interrupted for it. The same holds
 * for limits and requests of tasks that wait for this one, if they would cancel it.
 *
 * <p>All methods except {@link #request} are called on the loop's thread.
 */
final class HeldBody {

  private final CancellableTask<?> task;
  private final Alarm alarm;
  // From the outermost to the innermost; a block keeps its place until it ends.
  private final List<Block> blocks = new ArrayList<>(0);
  private Set<Future<?>> cancelledAhead = Set.of();
  private @Nullable Task<?> creator;
  private boolean due;
  private boolean catchingUp;

  HeldBody(CancellableTask<?> task) {
    this.task = task;
    this.alarm = new Alarm(() -> OuterBlocks.of(task).stream().map(OuterBlocks::heeded).toList());
  }

  Alarm alarm() {
    return alarm;
  }

  /** Begins a block with a limit. */
  Expiry scheduleExpiry(long when, Runnable action) {
    Limit limit = new Limit(action);
    blocks.add(limit);
    limit.set(when);
    return limit;
  }

  /** Begins a block that ends with its children. The returned action ends it. */
  Runnable openGroup(GroupChildren children) {
    Group group = new Group(children);
    blocks.add(group);
    publish();
    return () -> {
      blocks.remove(group);
      publish();
    };
  }

  /** Runs an action on the loop's thread. Callable from any thread. */
  void request(Runnable action) {
    Request request = new Request(action);
    // Before the loop receives it, because the loop withdraws it.
    alarm.request(request);
    try {
      task.loop().callSoonThreadsafe(request);
    } catch (IllegalStateException closed) {
      alarm.withdraw(request);
      throw closed;
    }
  }

  /** Sets whether the body is interrupted where it parks next. */
  void setDue(boolean changed) {
    if (due != changed) {
      due = changed;
      publish();
    }
  }

  /** Returns the task whose step contains the body's first step, if that is taken eagerly. */
  @Nullable Task<?> creator() {
    return creator;
  }

  void setCreator(@Nullable Task<?> changed) {
    creator = changed;
  }

  /** Returns whether the body was interrupted and {@link #catchUp} has not been called since. */
  boolean hasRung() {
    return !catchingUp && alarm.hasRung();
  }

  /** Does the work for which the body was interrupted. */
  void catchUp() {
    catchingUp = true;
    try {
      long rangAt = alarm.rangAt();
      boolean ignored = expire(rangAt, blocks.size());
      OuterBlocks.of(task).forEach(outer -> outer.catchUp(task, rangAt));
    } finally {
      catchingUp = false;
      alarm.reset();
    }
  }

  /** Handles requests, and limits among the outermost blocks. Returns whether there were any. */
  boolean expire(long now, int outermost) {
    List<Runnable> requests = alarm.requests();
    List<Limit> over =
        blocks.stream()
            .limit(outermost)
            .filter(Limit.class::isInstance)
            .map(Limit.class::cast)
            .filter(limit -> limit.when <= now && !limit.expired)
            .sorted(Comparator.comparingLong(limit -> limit.when))
            .toList();
    requests.forEach(Runnable::run);
    over.forEach(Limit::expire);
    return !requests.isEmpty() || !over.isEmpty();
  }

  /**
   * Notes that another future received the cancellation that is pending for the body, which does
   * not pass it on again.
   */
  void noteCancelledAhead(Future<?> task) {
    if (cancelledAhead.isEmpty()) {
      cancelledAhead = new IdentitySet<>();
    }
    cancelledAhead.add(task);
    groups().forEach(children -> children.noteCancelledAhead(task));
  }

  boolean isCancelledAhead(Future<?> task) {
    return cancelledAhead.contains(task);
  }

  boolean hasCancelledAhead() {
    return !cancelledAhead.isEmpty();
  }

  /** Notes that the body has seen the cancellation and may have passed it on. */
  void forgetCancelledAhead() {
    groups().forEach(GroupChildren::forgetCancelledAhead);
    cancelledAhead = Set.of();
  }

  private Stream<GroupChildren> groups() {
    return blocks.stream().filter(Group.class::isInstance).map(group -> ((Group) group).children);
  }

  /**
   * Returns the number of blocks around the group that a task belongs to; -1 if it belongs to none.
   */
  int blocksAroundGroupOf(Future<?> child) {
    for (int index = blocks.size() - 1; index >= 0; index--) {
      if (blocks.get(index) instanceof Group(GroupChildren children) && children.contain(child)) {
        return index;
      }
    }
    return -1;
  }

  /** Returns the children of the group with the given number of blocks around it. */
  GroupChildren children(int blocksAround) {
    return ((Group) blocks.get(blocksAround)).children;
  }

  /**
   * Returns whether one of the outermost blocks has expired but continues because the body has not
   * run since.
   */
  boolean isOver(int outermost) {
    return blocks.stream().limit(outermost).anyMatch(Block::isOver);
  }

  private void publish() {
    long[] times = new long[blocks.size() + 1];
    times[0] = due ? Long.MIN_VALUE : Expiry.NEVER;
    for (int index = 0; index < blocks.size(); index++) {
      times[index + 1] = blocks.get(index).rings();
    }
    alarm.set(times);
  }

  /** A part of the body's code. */
  private sealed interface Block {

    /** Returns the time at which to interrupt the body. */
    long rings();

    boolean isOver();
  }

  private record Group(GroupChildren children) implements Block {

    @Override
    public long rings() {
      return Expiry.NEVER;
    }

    @Override
    public boolean isOver() {
      return false;
    }
  }

  /** The end of a time limit. */
  private final class Limit implements Block, Expiry {

    private final Runnable action;
    private long when = NEVER;
    private @Nullable Handle timer;
    private boolean silent;
    private boolean expired;

    Limit(Runnable action) {
      this.action = action;
    }

    @Override
    public long rings() {
      return silent || expired ? NEVER : when;
    }

    @Override
    public boolean isOver() {
      return expired;
    }

    @Override
    public void reschedule(long changed) {
      silence();
      silent = false;
      if (!expired) {
        set(changed);
      }
    }

    @Override
    public void close() {
      silence();
      blocks.remove(this);
      publish();
    }

    void set(long changed) {
      EventLoop loop = task.loop();
      when = changed;
      if (changed != NEVER) {
        timer =
            changed <= loop.time()
                ? loop.callSoon(this::expire)
                : loop.callAt(changed, this::expire);
      }
      publish();
    }

    void expire() {
      if (!expired) {
        expired = true;
        cancelTimer();
        publish();
        try {
          action.run();
        } catch (RuntimeException | Error thrown) {
          // The body that holds the loop may be that of another task.
          task.loop()
              .callExceptionHandler(
                  ErrorReport.of("Exception at the end of a time limit")
                      .withException(thrown)
                      .withFuture(task));
        }
      }
    }

    private void silence() {
      silent = true;
      publish();
      // If a body was interrupted for this limit just now, it is not too early.
      task.catchUp();
      if (task.core().tasks().current() instanceof CancellableTask<?> running) {
        running.catchUp();
      }
      cancelTimer();
    }

    private void cancelTimer() {
      Handle scheduled = timer;
      if (scheduled != null) {
        timer = null;
        scheduled.cancel();
      }
    }
  }

  /** A request of another thread. */
  private final class Request implements Runnable {

    private final Runnable action;
    private final AtomicBoolean done = new AtomicBoolean();

    Request(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      alarm.withdraw(this);
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    }
  }
}
