package org.asyncio4j.tck.probe;

import java.util.Objects;
import org.asyncio4j.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** Expectations of rules. Each message says what must hold and what was found. */
public final class Expect {

  private Expect() {}

  /**
   * Expects two values to be equal.
   *
   * @param what names the value, for instance {@code the order of the callbacks}
   * @param expected what it must be
   * @param found what it is
   */
  public static void equal(String what, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      throw new RuleViolation("%s must be %s but was %s".formatted(what, expected, found));
    }
  }

  /**
   * Expects two references to point to the same object.
   *
   * @param what names the object
   * @param expected what it must be
   * @param found what it is
   */
  public static void same(String what, @Nullable Object expected, @Nullable Object found) {
    if (expected != found) {
      throw new RuleViolation(
          "%s must be the very object %s but was %s".formatted(what, expected, found));
    }
  }

  /**
   * Expects something to hold.
   *
   * @param fact what must hold, as a sentence
   * @param holds whether it does
   */
  public static void that(String fact, boolean holds) {
    if (!holds) {
      throw new RuleViolation(fact + ", but this is not the case");
    }
  }

  /**
   * Expects code to throw.
   *
   * @param type what it must throw, or a subclass
   * @param what names the code, for instance {@code callSoon on a closed loop}
   * @param action the code
   * @param <X> the type of the exception
   * @return what it threw
   */
  public static <X extends Throwable> X thrown(
      Class<X> type, String what, ThrowingRunnable<? extends Exception> action) {
    Throwable found = null;
    try {
      action.run();
    } catch (Throwable thrown) {
      found = thrown;
    }
    if (type.isInstance(found)) {
      return type.cast(found);
    }
    String instead = found == null ? "returned" : "threw " + found;
    throw new RuleViolation(
        "%s must throw %s but %s".formatted(what, type.getSimpleName(), instead), found);
  }

  /**
   * Expects a message to contain words that a user would look for.
   *
   * @param what names the exception or report
   * @param message its message
   * @param fragment the words
   */
  public static void mentions(String what, @Nullable String message, String fragment) {
    if (message == null || !message.contains(fragment)) {
      throw new RuleViolation(
          "the message of %s must mention '%s' but was '%s'".formatted(what, fragment, message));
    }
  }
}
