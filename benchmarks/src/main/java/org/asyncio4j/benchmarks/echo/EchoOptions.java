package org.asyncio4j.benchmarks.echo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to compare, and how thoroughly.
 *
 * @param contestants the servers
 * @param cells what is asked of them
 * @param rounds how many samples each gets in each cell
 * @param sampleMillis how long a sample is
 * @param warmUpMillis how long each server is warmed up in each cell
 * @param syscalls whether to count system calls too, with strace
 */
record EchoOptions(
    List<Contestant> contestants,
    List<Cell> cells,
    int rounds,
    int sampleMillis,
    int warmUpMillis,
    boolean syscalls) {

  static EchoOptions parse(String[] arguments) {
    EchoOptions options =
        new EchoOptions(
            Contestant.DEFAULTS,
            List.of(
                new Cell(100, 1024), new Cell(3, 1024), new Cell(1, 1024), new Cell(100, 102_400)),
            10,
            500,
            4_000,
            false);
    for (String argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private EchoOptions with(String argument) {
    int split = argument.indexOf('=');
    String name = split < 0 ? argument : argument.substring(0, split);
    String value = argument.substring(split + 1);
    return switch (name) {
      case "--contestants" ->
          new EchoOptions(
              list(value).map(Contestant::named).toList(),
              cells,
              rounds,
              sampleMillis,
              warmUpMillis,
              syscalls);
      case "--cells" ->
          new EchoOptions(
              contestants,
              list(value).map(Cell::parse).toList(),
              rounds,
              sampleMillis,
              warmUpMillis,
              syscalls);
      case "--rounds" ->
          new EchoOptions(
              contestants, cells, Integer.parseInt(value), sampleMillis, warmUpMillis, syscalls);
      case "--sample-millis" ->
          new EchoOptions(
              contestants, cells, rounds, Integer.parseInt(value), warmUpMillis, syscalls);
      case "--warm-up-millis" ->
          new EchoOptions(
              contestants, cells, rounds, sampleMillis, Integer.parseInt(value), syscalls);
      case "--syscalls" ->
          new EchoOptions(contestants, cells, rounds, sampleMillis, warmUpMillis, true);
      default -> throw new IllegalArgumentException(usage(argument));
    };
  }

  private static Stream<String> list(String value) {
    return Arrays.stream(value.split(",", -1));
  }

  private static String usage(String unknown) {
    return """
    unknown option %s
    Options:
      --contestants=NAME,...  of %s
      --cells=100x1024,...    connections x bytes
      --rounds=N              samples of each server in each cell
      --sample-millis=N       length of a sample
      --warm-up-millis=N      warm-up of each server in each cell
      --syscalls              count system calls too (needs strace)
    """
        .formatted(unknown, Arrays.toString(Contestant.values()));
  }
}
