package org.asyncio4j.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.bootstrap.PassesCancellation;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.spi.internal.fiber.Alarm;
import org.jspecify.annotations.Nullable;

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

  /** Finds those of a task whose step begins, which {@code creator} takes if it is the first. */
  static List<OuterBlocks> of(CancellableTask<?> task, @Nullable Task<?> creator) {
    if (creator == null && !task.hasSubscribers()) {
      return List.of();
    }
    Search search = new Search();
    if (creator instanceof CancellableTask<?> running) {
      search.addCreator(running, task);
    }
    search.addAwaiters(task);
    return search.found;
  }

  Alarm.Outer heeded() {
    return body.heeded(outermost);
  }

  /** Whether such a block is over already. */
  boolean areOver() {
    return over;
  }

  /** Ends blocks whose time was up when the body was interrupted; that cancels the task. */
  void catchUp(long rangAt) {
    if (body.expire(rangAt, outermost) || over) {
      way.forEach(Runnable::run);
    }
  }

  private OuterBlocks leadingOn(List<Runnable> further) {
    return new OuterBlocks(body, outermost, concat(way, further), over);
  }

  private static List<Runnable> concat(List<Runnable> first, List<Runnable> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Goes from a task to those who wait for it, and on to those who wait for them. */
  private static final class Search {

    private final List<OuterBlocks> found = new ArrayList<>();
    private final Set<Future<?>> seen = new IdentitySet<>();
    private final Deque<Waited> left = new ArrayDeque<>();

    /** The first step is code of a block of the creator, until the task waits. */
    void addCreator(CancellableTask<?> creator, CancellableTask<?> task) {
      HeldBody body = creator.held();
      if (body != null) {
        List<Runnable> way =
            List.of(() -> {
              if (!task.hasRequests()) {
                task.cancel("the task that has created it was cancelled");
              }
            });
        found.add(new OuterBlocks(body, body.blocks(), way, creator.isCancelledUnseen()));
        body.outer().forEach(outer -> found.add(outer.leadingOn(way)));
      }
    }

    void addAwaiters(CancellableTask<?> task) {
      left.add(new Waited(task, List.of()));
      try {
        while (!left.isEmpty()) {
          follow(left.remove());
        }
      } catch (RuntimeException | Error broken) {
        // A callback of others that cannot say who waits must not keep the task from its step.
        left.clear();
      }
    }

    private void follow(Waited waited) {
      for (Future<?> awaiter : waited.future.awaitedBy()) {
        if (awaiter instanceof CancellableTask<?> task && !task.isDone()) {
          addTask(task, waited);
        } else if (awaiter instanceof PassesCancellation && seen.add(awaiter)) {
          left.add(new Waited(awaiter, waited.way));
        }
      }
    }

    private void addTask(CancellableTask<?> task, Waited waited) {
      HeldBody body = task.held();
      if (task.awaits(waited.future)) {
        add(task, body == null ? 0 : body.blocks(), waited.way, false);
      } else if (body != null) {
        int blocksAround = body.blocksAroundGroupOf(waited.future);
        if (blocksAround >= 0) {
          GroupChildren children = body.children(blocksAround);
          boolean over =
              body.isOver(blocksAround) || (children.areAwaited() && task.isCancelledUnseen());
          Runnable ahead = () -> children.cancelAhead(waited.future);
          add(task, blocksAround, concat(List.of(ahead), waited.way), over);
        }
      }
    }

    private void add(CancellableTask<?> task, int outermost, List<Runnable> way, boolean over) {
      if (seen.add(task)) {
        HeldBody body = task.held();
        if (body != null) {
          found.add(new OuterBlocks(body, outermost, way, over));
        }
        left.add(new Waited(task, way));
      }
    }
  }

  /**
   * Something that is waited for.
   *
   * @param future what
   * @param way how groups have to pass a cancellation on from there to the task
   */
  private record Waited(Future<?> future, List<Runnable> way) {}
}
