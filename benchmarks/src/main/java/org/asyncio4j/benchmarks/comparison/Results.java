package org.asyncio4j.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The samples of one cell. */
final class Results {

  private final Map<String, Samples> samples = new LinkedHashMap<>();
  private final String baseline;

  /**
   * Creates results without samples.
   *
   * @param servers the names of the servers, in the order of the table
   * @param baseline the name of the server that the others are compared with
   */
  Results(List<String> servers, String baseline) {
    servers.forEach(server -> samples.put(server, new Samples()));
    this.baseline = baseline;
  }

  Samples of(String server) {
    Samples found = samples.get(server);
    return found == null ? new Samples() : found;
  }

  /** Returns a table with a line for each server. */
  String table(Cell cell) {
    StringBuilder text = new StringBuilder();
    text.append("\n### ")
        .append(cell)
        .append("\n\n")
        .append("| server | requests/s | CPU µs/request: median | middle half | min")
        .append(" | user µs | kernel µs")
        .append(" | requests/s : baseline | CPU efficiency : baseline |\n")
        .append("|---|---|---|---|---|---|---|---|---|\n");
    samples.forEach((server, list) -> text.append(line(server, list)));
    return text.toString();
  }

  /** Returns how busy the machine was with other processes, if known. */
  String noise() {
    double stolen = ofAll(sample -> 100.0 * sample.machine().stolen() * 1e7 / sample.nanos());
    double busy = ofAll(sample -> sample.machine().busy() * 1e7 / sample.nanos());
    return String.format(
        Locale.ROOT,
        "Machine while measuring: %.1f processors busy with everything (median), %.1f %% stolen.",
        busy,
        stolen);
  }

  private double ofAll(ToDoubleFunction<Sample> value) {
    Samples all = new Samples();
    samples.values().forEach(list -> list.byRound().forEach(all::add));
    return all.median(value);
  }

  private String line(String server, Samples list) {
    double cpu = list.median(Sample::cpuMicrosPerRequest);
    double userShare = list.userShare();
    Samples base = of(baseline);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.2f | %.2f to %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
        server,
        list.median(Sample::requestsPerSecond),
        cpu,
        list.quantile(0.25, Sample::cpuMicrosPerRequest),
        list.quantile(0.75, Sample::cpuMicrosPerRequest),
        list.quantile(0, Sample::cpuMicrosPerRequest),
        cpu * userShare,
        cpu * (1 - userShare),
        list.medianByRound(
            base, (own, other) -> own.requestsPerSecond() / other.requestsPerSecond()),
        list.medianByRound(
            base, (own, other) -> other.cpuMicrosPerRequest() / own.cpuMicrosPerRequest()));
  }
}
