package org.asyncio4j.tck.mutants.harness;

import module java.base;

/** Something that a mutant remembers. */
public final class Flag implements Predicate<Object> {

  private static final long NEVER = -1;

  private final LongSupplier time;
  private volatile long setAt = NEVER;

  /** Remembers until it is cleared. */
  public Flag() {
    this(() -> 0);
  }

  /** Remembers for as long as the given time does not change. */
  Flag(LongSupplier time) {
    this.time = time;
  }

  public void set() {
    setAt = time.getAsLong();
  }

  public void put(boolean changed) {
    setAt = changed ? time.getAsLong() : NEVER;
  }

  public void clear() {
    setAt = NEVER;
  }

  public boolean isSet() {
    return setAt != NEVER && setAt == time.getAsLong();
  }

  /** {@return a runnable that sets this flag while it runs} */
  public Runnable during(Runnable step) {
    return () -> {
      set();
      try {
        step.run();
      } finally {
        clear();
      }
    };
  }

  /** Clears it. {@return whether it was set} */
  public boolean take() {
    boolean before = isSet();
    clear();
    return before;
  }

  @Override
  public boolean test(Object ignored) {
    return isSet();
  }
}
