package org.asyncio4j.tck.mutants;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.asyncio4j.core.Future;

/** The futures that a mutant has made, as far as they are still there. */
final class MadeFutures {

  private final List<WeakReference<Future<?>>> made = new ArrayList<>();

  void add(Future<?> future) {
    made.add(new WeakReference<>(future));
  }

  /** Cancels those of which something is true now. */
  void cancel(Predicate<Future<?>> which) {
    List<Future<?>> chosen = new ArrayList<>();
    made.stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .filter(which)
        .forEach(chosen::add);
    chosen.forEach(Future::cancel);
  }
}
