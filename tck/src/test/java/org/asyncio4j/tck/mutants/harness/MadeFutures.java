package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.Future;

/** The futures that a mutant has made, as far as they are still there. */
public final class MadeFutures {

  private final List<WeakReference<Future<?>>> made = new ArrayList<>();

  public void add(Future<?> future) {
    made.add(new WeakReference<>(future));
  }

  /** Cancels those of which something is true now. */
  public void cancel(Predicate<Future<?>> which) {
    List<Future<?>> chosen = new ArrayList<>();
    alive().filter(which).forEach(chosen::add);
    chosen.forEach(Future::cancel);
  }

  /** The one for which a task waits, if any. */
  public Optional<Future<?>> awaitedBy(Future<?> task) {
    return alive().filter(future -> future.awaitedBy().contains(task)).findFirst();
  }

  private Stream<Future<?>> alive() {
    return made.stream().<Future<?>>map(WeakReference::get).filter(Objects::nonNull);
  }
}
