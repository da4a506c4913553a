package org.asyncio4j.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.Future;

/** Follows the waiters of a future up to the roots. */
final class CallGraphCapture {

  private final Frames frames;

  // The futures between the start and the current one.
  private final Set<Future<?>> way = Collections.newSetFromMap(new IdentityHashMap<>());

  private CallGraphCapture(Frames frames) {
    this.frames = frames;
  }

  /**
   * Captures the graph of a future. Callable only on its loop's thread, or while its loop is not
   * running.
   *
   * @param future the future
   * @param frames which frames of each stack to take
   * @return the graph
   */
  static CallGraph of(Future<?> future, Frames frames) {
    return new CallGraphCapture(frames).visit(future);
  }

  private CallGraph visit(Future<?> future) {
    List<StackTraceElement> stack = frames.of(future);
    if (!way.add(future)) {
      return new CallGraph(future, stack, List.of(), true);
    }
    List<CallGraph> awaitedBy = new ArrayList<>();
    for (Future<?> awaiter : future.awaitedBy()) {
      awaitedBy.add(visit(awaiter));
    }
    way.remove(future);
    return new CallGraph(future, stack, awaitedBy, false);
  }
}
