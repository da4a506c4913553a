package org.asyncio4j.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;

/**
 * The failures of several tasks, in the order in which they happened: the first is thrown, with the
 * others as suppressed exceptions.
 */
final class Failures {

  private final List<Throwable> inOrder = new ArrayList<>();

  void add(Throwable failure) {
    if (inOrder.stream().noneMatch(known -> known == failure)) {
      inOrder.add(failure);
    }
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** Returns the first failure, with the others as its suppressed exceptions. */
  Throwable joined(EventLoop loop) {
    Throwable first = inOrder.getFirst();
    for (Throwable later : inOrder.subList(1, inOrder.size())) {
      if (!carries(first, later)) {
        first.addSuppressed(later);
      }
      // Some exceptions reject suppressed ones, and no failure may be lost.
      if (!carries(first, later)) {
        loop.callExceptionHandler(
            ErrorReport.of("Another failure in a task group").withException(later));
      }
    }
    return first;
  }

  private static boolean carries(Throwable failure, Throwable other) {
    return Arrays.stream(failure.getSuppressed()).anyMatch(known -> known == other);
  }
}
