package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.internal.context.ContextSlot;
import org.asyncio4j.internal.context.ContextSlots;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@linkplain ContextVar context variables} that a piece of code sees: {@code
 * contextvars.Context}.
 *
 * <p>A task runs in its own copy of its creator's context, a callback in a copy made when it was
 * scheduled, so that a value set in one place is visible in everything that is started from there,
 * and nowhere else. A copy costs one small object, whatever the number of values.
 *
 * <p>A context may be passed between threads, but only one piece of code runs in it at a time.
 */
public final class Context {

  private static final ContextSlot<Context> CURRENT = ContextSlots.load();

  // Never changed in place, so that copies can share it.
  private Map<ContextVar<?>, Object> values;
  private boolean entered;

  private Context(Map<ContextVar<?>, Object> values) {
    this.values = values;
  }

  /** {@return a context in which no variable has a value} */
  public static Context empty() {
    return new Context(Map.of());
  }

  /** {@return a copy of the caller's context} Callable from any thread. */
  public static Context copyCurrent() {
    Context current = CURRENT.get();
    return current == null ? empty() : current.copy();
  }

  /** {@return a context with the same values} */
  public Context copy() {
    return new Context(values);
  }

  /**
   * Runs a body in this context, on the caller's thread: values that it sets stay in this context.
   *
   * @param body the code to run
   * @param <T> the type of its result
   * @param <X> the type of the exception that it throws
   * @return its result
   * @throws X if the body throws it
   * @throws IllegalStateException if another {@code run} of this context has not ended yet
   */
  public <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> body) throws X {
    requireNonNull(body, "body");
    if (entered) {
      throw new IllegalStateException(
          "cannot enter the context: its run() has not returned yet; enter context.copy() instead");
    }
    @Nullable Context previous = CURRENT.get();
    entered = true;
    CURRENT.set(this);
    try {
      return body.call();
    } finally {
      CURRENT.set(previous);
      entered = false;
    }
  }

  /**
   * Runs a body without a result in this context, as {@link #run(ThrowingCallable)} does.
   *
   * @param body the code to run
   * @param <X> the type of the exception that it throws
   * @throws X if the body throws it
   * @throws IllegalStateException if another {@code run} of this context has not ended yet
   */
  public <X extends Exception> void run(ThrowingRunnable<X> body) throws X {
    run(requireNonNull(body, "body").returningNull());
  }

  /**
   * Returns the value of a variable in this context.
   *
   * @param variable the variable
   * @param <T> the type of its value
   * @return the value, if the variable has one in this context
   */
  public <T> Optional<T> get(ContextVar<T> variable) {
    return Optional.ofNullable(find(requireNonNull(variable, "variable")));
  }

  @Override
  public String toString() {
    return "Context" + values;
  }

  @SuppressWarnings("unchecked") // only a ContextVar<T> is ever put with a T
  <T> @Nullable T find(ContextVar<T> variable) {
    return (T) values.get(variable);
  }

  static @Nullable Context current() {
    return CURRENT.get();
  }

  static Context currentOrInstalled() {
    Context current = CURRENT.get();
    if (current == null) {
      current = empty();
      CURRENT.set(current);
    }
    return current;
  }

  @Nullable Object put(ContextVar<?> variable, @Nullable Object value) {
    Map<ContextVar<?>, Object> changed = new HashMap<>(values);
    Object previous = value == null ? changed.remove(variable) : changed.put(variable, value);
    values = Map.copyOf(changed);
    return previous;
  }
}
