package org.asyncio4j.spi.internal.fiber;

import com.google.auto.service.AutoService;
import org.asyncio4j.core.Context;
import org.asyncio4j.internal.context.ContextSlot;
import org.jspecify.annotations.Nullable;

/** Stores the current context: in the fiber on a loop's thread, in the thread elsewhere. */
@AutoService(ContextSlot.class)
@SuppressWarnings("rawtypes") // a service has no type parameter
public final class AmbientContext implements ContextSlot<Context> {

  private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

  /** For {@link java.util.ServiceLoader}. */
  public AmbientContext() {}

  /**
   * {@return a copy of the current context, {@code null} for an empty one} Callable from any
   * thread.
   */
  public static @Nullable Context copy() {
    return copyOf(Fiber.current());
  }

  /**
   * Copies the current context for a caller that knows its fiber.
   *
   * @param caller the result of {@link Fiber#current()} on this thread
   * @return a copy of the current context, {@code null} for an empty one
   */
  public static @Nullable Context copyOf(@Nullable Fiber<?> caller) {
    Context context = of(caller);
    return context == null ? null : context.copy();
  }

  @Override
  public @Nullable Context get() {
    return of(Fiber.current());
  }

  @Override
  public void set(@Nullable Context context) {
    Fiber<?> fiber = Fiber.current();
    if (fiber == null) {
      OF_THREAD.set(context);
    } else {
      fiber.setContext(context);
    }
  }

  private static @Nullable Context of(@Nullable Fiber<?> fiber) {
    return fiber == null ? OF_THREAD.get() : fiber.context();
  }
}
