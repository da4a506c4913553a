package org.asyncio4j.spi.internal.bootstrap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * The providers that {@link ServiceLoader} finds. A provider that cannot be loaded, or whose
 * methods throw, is logged and skipped, without affecting others.
 *
 * @param candidates the providers that work
 * @param broken the problems of the others
 */
record ProviderCatalog(List<Candidate> candidates, List<String> broken) {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  ProviderCatalog {
    candidates = List.copyOf(candidates);
    broken = List.copyOf(broken);
  }

  /** Searches with the context class loader or, if that finds nothing, with ours. */
  static ProviderCatalog load() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ProviderCatalog found = read(ServiceLoader.load(EventLoopProvider.class, context));
    return withUnlisted(
        found.candidates.isEmpty()
            ? read(
                ServiceLoader.load(
                    EventLoopProvider.class, EventLoopProvider.class.getClassLoader()))
            : found);
  }

  private static ProviderCatalog withUnlisted(ProviderCatalog found) {
    List<String> unlisted = UnlistedProviders.missingFrom(found);
    if (unlisted.isEmpty()) {
      return found;
    }
    return new ProviderCatalog(
        found.candidates, Stream.concat(found.broken.stream(), unlisted.stream()).toList());
  }

  static ProviderCatalog read(Iterable<EventLoopProvider> providers) {
    List<Candidate> candidates = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Iterator<EventLoopProvider> iterator = providers.iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          return new ProviderCatalog(candidates, broken);
        }
        ask(iterator.next(), candidates, broken);
      } catch (ServiceConfigurationError | LinkageError error) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "A provider of event loops could not be loaded and is skipped",
            error);
        broken.add(String.valueOf(error.getMessage()));
      }
    }
  }

  private static void ask(
      EventLoopProvider provider, List<Candidate> candidates, List<String> broken) {
    try {
      candidates.add(Candidate.of(provider));
    } catch (Exception | LinkageError failure) {
      String name = provider.getClass().getName();
      LOGGER.log(
          System.Logger.Level.WARNING,
          "The provider of event loops %s failed and is skipped".formatted(name),
          failure);
      broken.add(name + " failed: " + failure);
    }
  }
}
