package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the running task or callback, not to the thread: {@code
 * contextvars.ContextVar}.
 *
 * <p>Usually a constant: {@code static final ContextVar<String> USER = ContextVar.named("user");}.
 * All methods may be called from any thread; outside a loop each thread has its own context.
 *
 * @param <T> the type of the values
 */
public final class ContextVar<T> {

  private final String name;
  private final @Nullable T defaultValue;

  private ContextVar(String name, @Nullable T defaultValue) {
    this.name = requireNonNull(name, "name");
    this.defaultValue = defaultValue;
  }

  /**
   * Creates a variable without a default.
   *
   * @param name its name, for messages
   * @param <T> the type of the values
   * @return a new variable, distinct from any other with that name
   */
  public static <T> ContextVar<T> named(String name) {
    return new ContextVar<>(name, null);
  }

  /**
   * Creates a variable with a default.
   *
   * @param name its name, for messages
   * @param defaultValue its value if none was set
   * @param <T> the type of the values
   * @return a new variable, distinct from any other with that name
   */
  public static <T> ContextVar<T> withDefault(String name, T defaultValue) {
    return new ContextVar<>(name, requireNonNull(defaultValue, "defaultValue"));
  }

  /**
   * Returns the value in the current context.
   *
   * @return the value, or the default
   * @throws NoSuchElementException if the variable has neither
   */
  public T get() {
    T value = find();
    if (value == null) {
      throw new NoSuchElementException(
          "cannot get context variable "
              + this
              + ": it has no value here and no default; set it first, or use value()");
    }
    return value;
  }

  /** {@return the value in the current context, or else the default, if there is one} */
  public Optional<T> value() {
    return Optional.ofNullable(find());
  }

  /**
   * Sets the value in the current context.
   *
   * @param value the value
   * @return a token; {@link Token#reset()} restores the former value
   */
  public Token set(T value) {
    requireNonNull(value, "value");
    Context context = Context.currentOrInstalled();
    return new Token(this, context, context.put(this, value));
  }

  @Override
  public String toString() {
    return Described.name(name);
  }

  private @Nullable T find() {
    Context current = Context.current();
    T value = current == null ? null : current.find(this);
    return value == null ? defaultValue : value;
  }

  /**
   * Remembers the value that a {@link #set} replaced: {@code contextvars.Token}. Can be used for
   * one reset.
   */
  public static final class Token {

    private final ContextVar<?> variable;
    private final Context context;
    private final @Nullable Object previous;
    private boolean used;

    private Token(ContextVar<?> variable, Context context, @Nullable Object previous) {
      this.variable = variable;
      this.context = context;
      this.previous = previous;
    }

    /**
     * Restores the former value, or removes the value if there was none.
     *
     * @throws IllegalStateException if this token was used before, or in another context
     */
    public void reset() {
      if (used) {
        throw new IllegalStateException(
            "cannot reset context variable "
                + variable
                + ": the token was used before; each token resets once");
      }
      if (Context.current() != context) {
        throw new IllegalStateException(
            "cannot reset context variable "
                + variable
                + ": the token was created in another context; reset it in that context");
      }
      used = true;
      context.put(variable, previous);
    }
  }
}
