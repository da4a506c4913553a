package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.Future;

/** The futures of a mutant that were not collected. */
public final class MadeFutures {

  private final List<WeakReference<Future<?>>> made = new ArrayList<>();

  public void add(Future<?> future) {
    made.add(new WeakReference<>(future));
  }

  /** Cancels those that match. */
  public void cancel(Predicate<Future<?>> which) {
    List<Future<?>> chosen = new ArrayList<>();
    alive().filter(which).forEach(chosen::add);
    chosen.forEach(Future::cancel);
  }

  /** Finds the one that a task awaits. */
  public Optional<Future<?>> awaitedBy(Future<?> task) {
    return alive().filter(future -> future.awaitedBy().contains(task)).findFirst();
  }

  private Stream<Future<?>> alive() {
    return made.stream().<Future<?>>map(WeakReference::get).filter(Objects::nonNull);
  }
}
