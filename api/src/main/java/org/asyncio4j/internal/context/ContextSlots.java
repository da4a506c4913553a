package org.asyncio4j.internal.context;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Internal; not for use outside asyncio4j. Finds the slot that the {@code spi} module provides. */
public final class ContextSlots {

  private ContextSlots() {}

  /**
   * Finds the provided slot; a program without {@code spi} gets one context a thread.
   *
   * @param <C> the type of the context
   * @return the slot
   */
  @SuppressWarnings("unchecked") // there is one kind of context, and only Context itself calls this
  public static <C> ContextSlot<C> load() {
    ClassLoader loader = ContextSlots.class.getClassLoader();
    return ServiceLoader.load(ContextSlot.class, loader)
        .findFirst()
        .map(slot -> (ContextSlot<C>) slot)
        .orElseGet(() -> (ContextSlot<C>) new PerThread());
  }

  private static final class PerThread implements ContextSlot<Object> {

    private static final ThreadLocal<@Nullable Object> CURRENT = new ThreadLocal<>();

    @Override
    public @Nullable Object get() {
      return CURRENT.get();
    }

    @Override
    public void set(@Nullable Object context) {
      CURRENT.set(context);
    }
  }
}
