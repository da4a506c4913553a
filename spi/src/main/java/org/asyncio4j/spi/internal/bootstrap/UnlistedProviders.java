package org.asyncio4j.spi.internal.bootstrap;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.asyncio4j.internal.bootstrap.MissingLoop;
import org.asyncio4j.spi.EventLoopProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds providers on the class path that no services file names. A tool that merges several jars
 * keeps only one services file per service unless it is configured to merge them, and the other
 * loops are lost without an error.
 *
 * <p>To cost nothing at the start of other programs, the search is limited to a jar that contains
 * the {@code spi} module and at most one loop that was found: a services file with several lines
 * was merged, and a jar that was not merged contains no loop beside {@code spi}.
 */
final class UnlistedProviders {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private UnlistedProviders() {}

  /**
   * Finds the providers that are missing from a catalog, and logs each once.
   *
   * @return the problem of each
   */
  static List<String> missingFrom(ProviderCatalog catalog) {
    // A module names its providers in its descriptor.
    if (EventLoopProvider.class.getModule().isNamed() || !mayLackOne(catalog)) {
      return List.of();
    }
    List<String> problems =
        Here.MARKED.stream()
            .filter(name -> !isKnown(catalog, name))
            .map(UnlistedProviders::describe)
            .toList();
    for (String problem : problems) {
      if (REPORTED.add(problem)) {
        LOGGER.log(System.Logger.Level.WARNING, problem + "; " + MissingLoop.MERGE_SERVICES);
      }
    }
    return problems;
  }

  // No lambdas, because every program runs this loop when it starts.
  private static boolean mayLackOne(ProviderCatalog catalog) {
    if (catalog.candidates().isEmpty()) {
      return true;
    }
    String here = place(EventLoopProvider.class);
    int beside = 0;
    for (Candidate candidate : catalog.candidates()) {
      if (place(candidate.provider().getClass()).equals(here)) {
        beside++;
      }
    }
    return beside == 1;
  }

  private static boolean isKnown(ProviderCatalog catalog, String name) {
    Set<String> found =
        catalog.candidates().stream()
            .map(candidate -> candidate.provider().getClass().getName())
            .collect(Collectors.toSet());
    return found.contains(name)
        || catalog.broken().stream().anyMatch(problem -> problem.contains(name));
  }

  private static String describe(String name) {
    return "%s is on the class path, but META-INF/services/%s does not name it, so its event loop is not found"
        .formatted(name, EventLoopProvider.class.getName());
  }

  private static String place(Class<?> type) {
    URL location = location(type);
    return location == null ? "" : location.toExternalForm();
  }

  private static @Nullable URL location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }

  /** Initialized once, when it is first needed. */
  private static final class Here {

    static final List<String> MARKED = read();

    private static List<String> read() {
      URL here = location(EventLoopProvider.class);
      if (here == null || !here.getProtocol().equals("file")) {
        return List.of();
      }
      try {
        return LoopMarkers.in(Path.of(here.toURI()));
      } catch (IOException | URISyntaxException | IllegalArgumentException unreadable) {
        LOGGER.log(System.Logger.Level.DEBUG, "cannot read " + here, unreadable);
        return List.of();
      }
    }
  }
}
