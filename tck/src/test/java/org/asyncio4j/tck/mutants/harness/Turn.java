package org.asyncio4j.tck.mutants.harness;

import module java.base;

/** Whether it is the turn of something to happen; each question counts. */
public final class Turn implements Predicate<Object> {

  private final AtomicInteger asked = new AtomicInteger();
  private final IntPredicate chosen;

  private Turn(IntPredicate chosen) {
    this.chosen = chosen;
  }

  public static Turn always() {
    return new Turn(_ -> true);
  }

  public static Turn never() {
    return new Turn(_ -> false);
  }

  public static Turn nth(int number) {
    return new Turn(asked -> asked == number);
  }

  public static Turn from(int number) {
    return new Turn(asked -> asked >= number);
  }

  public static Turn upTo(int number) {
    return new Turn(asked -> asked <= number);
  }

  public static Turn every(int number) {
    return new Turn(asked -> asked % number == 0);
  }

  /** The first, the third and so on. */
  public static Turn everyOther() {
    return new Turn(asked -> asked % 2 == 1);
  }

  /** {@return such a turn that counts from the beginning} */
  public Turn anew() {
    return new Turn(chosen);
  }

  /** {@return whether it is the turn now} */
  public boolean comes() {
    return chosen.test(asked.incrementAndGet());
  }

  @Override
  public boolean test(Object ignored) {
    return comes();
  }
}
