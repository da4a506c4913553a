package org.asyncio4j.internal.context;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Internal; not for use outside asyncio4j. Finds the slot that the {@code spi} module provides. */
public final class ContextSlots {

  private ContextSlots() {}

  /**
   * Finds the provided slot; a program without {@code spi} gets one context per thread. Never
   * throws, because a class whose initialization has failed fails again without stating the reason.
   *
   * @param <C> the type of the context
   * @return the slot; its methods throw {@link IllegalStateException} if {@code spi} is present but
   *     cannot be loaded
   */
  @SuppressWarnings("unchecked") // there is only one kind of context, and only Context calls this
  public static <C> ContextSlot<C> load() {
    ClassLoader loader = ContextSlots.class.getClassLoader();
    try {
      return ServiceLoader.load(ContextSlot.class, loader)
          .findFirst()
          .map(slot -> (ContextSlot<C>) slot)
          .orElseGet(() -> (ContextSlot<C>) new PerThread());
    } catch (ServiceConfigurationError | LinkageError broken) {
      return new Unloadable<>(broken);
    }
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

  private record Unloadable<C>(Error reason) implements ContextSlot<C> {

    @Override
    public @Nullable C get() {
      throw failure();
    }

    @Override
    public void set(@Nullable C context) {
      throw failure();
    }

    private IllegalStateException failure() {
      return new IllegalStateException(
          "cannot find the current context: asyncio4j-spi cannot be loaded (%s); put the same version of all asyncio4j jars, and what they depend on, on one path"
              .formatted(reason),
          reason);
    }
  }
}
