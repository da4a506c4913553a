package org.asyncio4j.tck.mutants.harness;

import java.util.function.BooleanSupplier;

/** Something that a mutant remembers. */
public final class Flag implements BooleanSupplier {

  private volatile boolean set;

  public void set() {
    set = true;
  }

  public void put(boolean changed) {
    set = changed;
  }

  public void clear() {
    set = false;
  }

  public boolean isSet() {
    return set;
  }

  /** Clears it. {@return whether it was set} */
  public boolean take() {
    boolean before = set;
    set = false;
    return before;
  }

  @Override
  public boolean getAsBoolean() {
    return set;
  }
}
