package org.asyncio4j.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.bootstrap.PassesCancellation;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.spi.internal.fiber.Alarm;

/**
 * Blocks of another task whose ends would cancel a task, if only the loop could see to that: the
 * other waits for it, directly or through a gathering, or it is a child of a group of the other, or
 * takes its first step in a block of the other.
 */
final class OuterBlocks {

  private final HeldBody body;
  private final int outermost;
  private final List<Runnable> way;
  private final boolean over;

  private OuterBlocks(HeldBody body, int outermost, List<Runnable> way, boolean over) {
    this.body = body;
    this.outermost = outermost;
    this.way = way;
    this.over = over;
  }

  /**
   * Finds those of a task that runs a step. On the loop's thread, or on another while the task is
   * parked; that one then looks whether the task has gone on, for what was found may be wrong in
   * that case, and anything may be thrown.
   */
  static List<OuterBlocks> of(CancellableTask<?> task) {
    Search search = new Search();
    search.add(task, task, List.of());
    search.run();
    return search.found;
  }

  Alarm.Outer heeded() {
    return new Alarm.Outer(body.alarm(), outermost, over);
  }

  /** Ends blocks whose time was up when the body was interrupted; that cancels the task. */
  void catchUp(CancellableTask<?> task, long rangAt) {
    if ((body.expire(rangAt, outermost) || over) && !task.hasUnseenRequest()) {
      way.forEach(Runnable::run);
    }
  }

  /** Goes from a task to those who wait for it, and on to those who wait for them. */
  private static final class Search {

    private final List<OuterBlocks> found = new ArrayList<>();
    private final Set<Future<?>> seen = new IdentitySet<>();
    private final Deque<Waited> left = new ArrayDeque<>();
    // Those in groups come last: a task passes a cancellation on to what it waits for first.
    private final Deque<Runnable> inGroups = new ArrayDeque<>();

    void run() {
      while (!left.isEmpty() || !inGroups.isEmpty()) {
        if (left.isEmpty()) {
          inGroups.remove().run();
        } else {
          follow(left.remove());
        }
      }
    }

    void add(Future<?> future, Future<?> awaited, List<Runnable> way) {
      if (seen.add(future)) {
        left.add(new Waited(future, awaited, way));
      }
    }

    private void follow(Waited waited) {
      if (waited.future instanceof CancellableTask<?> task) {
        followCreator(task, waited.way);
      }
      if (waited.future instanceof FutureState<?> builtin) {
        for (Future<?> awaiter : awaitersOf(builtin)) {
          if (awaiter instanceof CancellableTask<?> task && !task.isDone()) {
            followTask(task, waited);
          } else if (awaiter instanceof PassesCancellation passing) {
            add(passing.end(), awaiter, waited.way);
          }
        }
      }
    }

    private static List<Future<?>> awaitersOf(FutureState<?> future) {
      try {
        return future.awaiters();
      } catch (RuntimeException | Error thrown) {
        // A callback of others that cannot say who waits must not keep the task from going on.
        return List.of();
      }
    }

    /** The first step of an eager task is code of a block of its creator, until the task waits. */
    private void followCreator(CancellableTask<?> task, List<Runnable> way) {
      HeldBody body = task.held();
      if (body != null && body.creator() instanceof CancellableTask<?> creator) {
        Runnable ahead =
            () -> {
              if (!task.hasRequests()) {
                task.cancel("the task that has created it was cancelled");
                creator.noteCancelledAhead(task);
              }
            };
        addBlocks(creator, Integer.MAX_VALUE, before(ahead, way), creator.isCancelledUnseen());
      }
    }

    private void followTask(CancellableTask<?> task, Waited waited) {
      HeldBody body = task.held();
      if (task.awaits(waited.awaited)) {
        addBlocks(task, Integer.MAX_VALUE, waited.way, false);
      }
      int blocksAround = body == null ? -1 : body.blocksAroundGroupOf(waited.awaited);
      if (body != null && blocksAround >= 0) {
        GroupChildren children = body.children(blocksAround);
        Runnable ahead =
            () -> {
              if (children.noteCancelledAhead(waited.awaited)) {
                waited.awaited.cancel("the task of the task group was cancelled");
                task.noteCancelledAhead(waited.awaited);
              }
            };
        boolean over =
            task.isCancelledUnseen() && (children.areAwaited() || body.isOver(blocksAround));
        inGroups.add(() -> addBlocks(task, blocksAround, before(ahead, waited.way), over));
      }
    }

    private void addBlocks(
        CancellableTask<?> task, int outermost, List<Runnable> way, boolean over) {
      HeldBody body = task.held();
      if (body != null) {
        found.add(new OuterBlocks(body, outermost, way, over));
      }
      add(task, task, way);
    }

    private static List<Runnable> before(Runnable first, List<Runnable> way) {
      return Stream.concat(Stream.of(first), way.stream()).toList();
    }
  }

  /**
   * Something that is waited for.
   *
   * @param future has the callbacks of those who wait
   * @param awaited what they wait for: the future, or one that it is the end of
   * @param way how groups have to pass a cancellation on from there to the task
   */
  private record Waited(Future<?> future, Future<?> awaited, List<Runnable> way) {}
}
