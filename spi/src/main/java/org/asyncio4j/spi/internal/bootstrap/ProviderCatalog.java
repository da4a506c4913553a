package org.asyncio4j.spi.internal.bootstrap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * The providers that {@link ServiceLoader} finds. One that cannot be loaded is logged and skipped:
 * it harms no other.
 *
 * @param providers those that were loaded
 * @param broken what was wrong with the others
 */
record ProviderCatalog(List<EventLoopProvider> providers, List<String> broken) {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  ProviderCatalog {
    providers = List.copyOf(providers);
    broken = List.copyOf(broken);
  }

  /** Searches where the caller's classes are, then where ours are. */
  static ProviderCatalog load() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ProviderCatalog found = read(ServiceLoader.load(EventLoopProvider.class, context));
    return found.providers.isEmpty()
        ? read(
            ServiceLoader.load(EventLoopProvider.class, EventLoopProvider.class.getClassLoader()))
        : found;
  }

  static ProviderCatalog read(Iterable<EventLoopProvider> candidates) {
    List<EventLoopProvider> providers = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Iterator<EventLoopProvider> iterator = candidates.iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          return new ProviderCatalog(providers, broken);
        }
        providers.add(iterator.next());
      } catch (ServiceConfigurationError | LinkageError error) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "A provider of event loops could not be loaded and is skipped",
            error);
        broken.add(String.valueOf(error.getMessage()));
      }
    }
  }
}
