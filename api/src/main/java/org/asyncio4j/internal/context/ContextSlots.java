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
        .orElseGet(PerThread::new);
  }

  private static final class PerThread<C> implements ContextSlot<C> {

    private final ThreadLocal<@Nullable C> current = new ThreadLocal<>();

    @Override
    public @Nullable C get() {
      return current.get();
    }

    @Override
    public void set(@Nullable C context) {
      current.set(context);
    }
  }
}
