package org.asyncio4j.tck;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.kit.TckSettings;

/**
 * The options of the command line.
 *
 * @param loops the names of the loops; all that are found if empty
 * @param engine the only engine to use
 * @param settings the settings
 */
record Options(List<String> loops, Optional<CoroutineMode> engine, TckSettings settings) {

  static Options parse(List<String> args, TckSettings defaults) {
    List<String> loops = new ArrayList<>();
    Optional<CoroutineMode> engine = Optional.empty();
    TckSettings settings = defaults;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--loop" -> loops.add(value(option, rest));
        case "--engine" -> engine = Optional.of(engine(value(option, rest)));
        case "--report" -> settings = settings.withReportDirectory(Path.of(value(option, rest)));
        case "--faults" ->
            settings = settings.withFaults(Faults.transparent(seed(option, value(option, rest))));
        case "--destructive-faults" ->
            settings = settings.withFaults(Faults.destructive(seed(option, value(option, rest))));
        default ->
            throw new IllegalArgumentException(
                "option must be --loop, --engine, --report, --faults or --destructive-faults: '%s'"
                    .formatted(option));
      }
    }
    return new Options(List.copyOf(loops), engine, settings);
  }

  List<EventLoopProvider> select(List<EventLoopProvider> found) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot run the kit: no loop is on the module path or class path");
    }
    if (loops.isEmpty()) {
      return found;
    }
    return loops.stream().map(name -> named(name, found)).toList();
  }

  private static EventLoopProvider named(String name, List<EventLoopProvider> found) {
    return found.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "loop must be one of %s: '%s'"
                    .formatted(
                        found.stream().map(EventLoopProvider::name).sorted().collect(joining(", ")),
                        name)));
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(
          option + " must be followed by a value; it is the last argument");
    }
    return rest.next();
  }

  private static long seed(String option, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "%s must be followed by a seed, a whole number: '%s'".formatted(option, text), malformed);
    }
  }

  private static CoroutineMode engine(String text) {
    return switch (text) {
      case "carrier" -> CoroutineMode.CARRIER;
      case "handoff" -> CoroutineMode.HANDOFF;
      default ->
          throw new IllegalArgumentException(
              "--engine must be carrier or handoff: '%s'".formatted(text));
    };
  }
}
