package org.asyncio4j.spi.internal.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncio4j.internal.bootstrap.MissingLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * Selects the provider that opens a loop: the one with a given name, or else the available one with
 * the highest priority. Two providers with the same priority are an error, and so are two with the
 * same name.
 */
final class ProviderSelection {

  private final ProviderCatalog catalog;

  ProviderSelection(ProviderCatalog catalog) {
    this.catalog = catalog;
  }

  EventLoopProvider byName(String name) {
    List<Candidate> named =
        catalog.candidates().stream().filter(candidate -> candidate.name().equals(name)).toList();
    if (isNothingFound()) {
      throw MissingLoop.because();
    }
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot open the event loop %s: no provider has that name; present: %s"
              .formatted(name, describeAll()));
    }
    if (named.size() > 1) {
      throw new IllegalStateException(
          "cannot open the event loop %s: several providers have that name, %s; remove one from the path"
              .formatted(name, classesOf(named)));
    }
    Candidate chosen = named.getFirst();
    if (chosen.availability() instanceof Availability.Unavailable(String reason)) {
      throw new IllegalStateException("cannot open the event loop %s: %s".formatted(name, reason));
    }
    return chosen.provider();
  }

  EventLoopProvider byPriority() {
    List<Candidate> available =
        catalog.candidates().stream().filter(Candidate::isAvailable).toList();
    Optional<Candidate> best = available.stream().max(Comparator.comparingInt(Candidate::priority));
    Candidate chosen = best.orElseThrow(this::noneAvailable);
    List<Candidate> tied =
        available.stream().filter(other -> other.priority() == chosen.priority()).toList();
    if (tied.size() > 1) {
      throw new IllegalStateException(
          "cannot choose an event loop: %s all have priority %d; choose one with -Dasyncio4j.loop=%s"
              .formatted(classesOf(tied), chosen.priority(), chosen.name()));
    }
    return chosen.provider();
  }

  private IllegalStateException noneAvailable() {
    return isNothingFound()
        ? MissingLoop.because()
        : MissingLoop.because("none of those found is available: " + describeAll());
  }

  private boolean isNothingFound() {
    return catalog.candidates().isEmpty() && catalog.broken().isEmpty();
  }

  private String describeAll() {
    List<String> all = new ArrayList<>();
    catalog.candidates().forEach(candidate -> all.add(candidate.describe()));
    catalog
        .broken()
        .forEach(problem -> all.add("a provider that cannot be used (" + problem + ")"));
    return String.join(", ", all);
  }

  private static String classesOf(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::nameAndClass).collect(Collectors.joining(" and "));
  }
}
