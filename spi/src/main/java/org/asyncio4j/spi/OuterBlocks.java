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
 * Blocks of another task whose expiry would cancel a task, if the loop could run. The other task
 * waits for this task, directly or through a gathering; or this task is a child of one of its
 * groups, or takes its first step in one of its blocks.
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
   * Finds the outer blocks of a task that runs a step. Called on the loop's thread, or on another
   * thread while the task is parked. That thread must then check whether the task has continued,
   * because in that case the result may be wrong, and any exception may be thrown.
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

  /** Ends the blocks that had expired when the body was interrupted, which cancels the task. */
  void catchUp(CancellableTask<?> task, long rangAt) {
    if ((body.expire(rangAt, outermost) || over) && !task.hasUnseenRequest()) {
      way.forEach(Runnable::run);
    }
  }

  /** Searches from a task through the tasks that wait for it, directly or indirectly. */
  private static final class Search {

    private final List<OuterBlocks> found = new ArrayList<>();
    private final Set<Future<?>> seen = new IdentitySet<>();
    private final Deque<Waited> left = new ArrayDeque<>();
    // Children of groups come last: a task first cancels the future that it awaits.
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
        // A third-party callback that does not reveal its waiter must not stop the search.
        return List.of();
      }
    }

    /**
     * Follows the creator of an eager task, whose blocks contain the first step until the task
     * waits.
     */
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
   * A future that tasks wait for.
   *
   * @param future the future that holds the callbacks of the waiters
   * @param awaited the future that they await: this one, or one that this one completes
   * @param way the steps by which groups pass a cancellation from there to the task
   */
  private record Waited(Future<?> future, Future<?> awaited, List<Runnable> way) {}
}
