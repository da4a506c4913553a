package org.asyncio4j.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of all cells. */
final class Summary {

  private final List<String> servers;
  private final Map<Cell, Results> cells = new LinkedHashMap<>();

  Summary(List<String> servers) {
    this.servers = servers;
  }

  void add(Cell cell, Results results) {
    cells.put(cell, results);
  }

  /** Returns a table with a line for each server and a column for each cell. */
  String table() {
    StringBuilder text = new StringBuilder("\n### CPU µs/request, median\n\n| server |");
    cells.keySet().forEach(cell -> text.append(' ').append(cell).append(" |"));
    text.append("\n|---|").append("---|".repeat(cells.size())).append('\n');
    for (String server : servers) {
      text.append("| ").append(server).append(" |");
      for (Results results : cells.values()) {
        double median = results.of(server).median(Sample::cpuMicrosPerRequest);
        text.append(String.format(Locale.ROOT, " %.2f |", median));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Returns all samples as comma-separated values, with a header line. */
  String samples() {
    StringBuilder text =
        new StringBuilder(
            "cell,server,round,requests,nanos,cpu_nanos,user_ticks,kernel_ticks,"
                + "machine_busy_ticks,machine_stolen_ticks\n");
    cells.forEach((cell, results) -> {
      for (String server : servers) {
        List<Sample> samples = results.of(server).byRound();
        for (int round = 0; round < samples.size(); round++) {
          text.append(line(samples.get(round), cell, server, round));
        }
      }
    });
    return text.toString();
  }

  private static String line(Sample sample, Cell cell, String server, int round) {
    return "%s,%s,%d,%d,%d,%d,%d,%d,%d,%d%n"
        .formatted(
            cell,
            server,
            round,
            sample.requests(),
            sample.nanos(),
            sample.cpu().nanos(),
            sample.cpu().userTicks(),
            sample.cpu().kernelTicks(),
            sample.machine().busy(),
            sample.machine().stolen());
  }
}
