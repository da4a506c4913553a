package org.asyncio4j.tck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.tck.kit.Deviation;

/**
 * Deviations in a file, one a line: {@code 2.20 | reason | link}. Empty lines, and lines that begin
 * with {@code #}, mean nothing.
 */
final class Baseline {

  private static final String FORM = "each line must be RULE | REASON | LINK";

  private Baseline() {}

  static List<Deviation> read(Path file) throws IOException {
    List<Deviation> deviations = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        deviations.add(parse(line, "%s, line %d".formatted(file, number)));
      }
    }
    return deviations;
  }

  private static Deviation parse(String line, String where) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("cannot read %s: %s: '%s'".formatted(where, FORM, line));
    }
    try {
      return Deviation.of(parts[0].strip(), parts[1].strip(), parts[2].strip());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "cannot read %s: %s".formatted(where, malformed.getMessage()), malformed);
    }
  }
}
