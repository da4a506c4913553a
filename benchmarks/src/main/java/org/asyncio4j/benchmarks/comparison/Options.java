package org.asyncio4j.benchmarks.comparison;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scope of a comparison.
 *
 * @param contestants the names of the servers
 * @param cells the loads
 * @param rounds the number of samples of each server in each cell
 * @param sampleMillis the length of a sample
 * @param warmUpMillis the length of the warm-up of each server in each cell
 * @param syscalls whether to also count system calls with strace
 * @param pin whether servers and load generator get a processor each
 * @param samples the file to write all samples to
 */
record Options(
    List<String> contestants,
    List<Cell> cells,
    int rounds,
    int sampleMillis,
    int warmUpMillis,
    boolean syscalls,
    boolean pin,
    Optional<Path> samples) {

  private static final Set<String> NAMES =
      Set.of(
          "--contestants",
          "--cells",
          "--rounds",
          "--sample-millis",
          "--warm-up-millis",
          "--syscalls",
          "--no-pin",
          "--samples");

  /** Parses arguments of the form {@code --name} or {@code --name=value}. */
  static Options parse(Contest contest, String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      String name = split < 0 ? argument : argument.substring(0, split);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(usage(contest, argument));
      }
      values.put(name, split < 0 ? "" : argument.substring(split + 1));
    }
    return new Options(
        list(values, "--contestants").orElse(contest.defaults()),
        list(values, "--cells")
            .map(cells -> cells.stream().map(Cell::parse).toList())
            .orElse(contest.cells()),
        number(values, "--rounds", 10),
        number(values, "--sample-millis", 500),
        number(values, "--warm-up-millis", 4_000),
        values.containsKey("--syscalls"),
        !values.containsKey("--no-pin"),
        Optional.ofNullable(values.get("--samples")).map(Path::of));
  }

  private static Optional<List<String>> list(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name))
        .map(value -> Stream.of(value.split(",", -1)).toList());
  }

  private static int number(Map<String, String> values, String name, int preset) {
    String value = values.get(name);
    return value == null ? preset : Integer.parseInt(value);
  }

  private static String usage(Contest contest, String unknown) {
    return """
    unknown option %s
    Options:
      --contestants=NAME,...  of %s
      --cells=NxM,...         loads: connections x size, as in %s
      --rounds=N              samples of each server in each cell
      --sample-millis=N       length of a sample
      --warm-up-millis=N      warm-up of each server in each cell
      --syscalls              counts system calls, too (needs strace)
      --no-pin                lets servers and load use all processors
      --samples=FILE          writes all samples as comma-separated values
    """
        .formatted(unknown, contest.contestants(), contest.cells());
  }
}
