package org.asyncio4j.benchmarks.echo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The samples of one cell: those of the same index are of the same round. */
final class Results {

  private final Map<Contestant, List<Sample>> samples = new EnumMap<>(Contestant.class);

  void add(Contestant contestant, Sample sample) {
    samples.computeIfAbsent(contestant, first -> new ArrayList<>()).add(sample);
  }

  /** A table, one line a contestant. */
  String table(Cell cell) {
    StringBuilder text = new StringBuilder();
    text.append("\n### ")
        .append(cell)
        .append("\n\n")
        .append("| server | requests/s | CPU µs/request: median | min | user µs | kernel µs")
        .append(" | requests/s : baseline | CPU efficiency : baseline |\n")
        .append("|---|---|---|---|---|---|---|---|\n");
    samples.forEach((contestant, list) -> text.append(line(contestant, list)));
    return text.toString();
  }

  /** How busy the machine was with other things, as far as can be told. */
  String noise() {
    List<Sample> all = samples.values().stream().flatMap(List::stream).toList();
    double stolen = median(all, sample -> 100.0 * sample.machine().stolen() * 1e7 / sample.nanos());
    double busy = median(all, sample -> sample.machine().busy() * 1e7 / sample.nanos());
    return "Machine while measuring: %.1f processors busy with everything (median), %.1f %% stolen."
        .formatted(busy, stolen);
  }

  private String line(Contestant contestant, List<Sample> list) {
    double cpu = median(list, Sample::cpuMicrosPerRequest);
    double userShare = userShare(list);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
        contestant,
        median(list, Sample::requestsPerSecond),
        cpu,
        list.stream().mapToDouble(Sample::cpuMicrosPerRequest).min().orElse(Double.NaN),
        cpu * userShare,
        cpu * (1 - userShare),
        ratio(list, (own, base) -> own.requestsPerSecond() / base.requestsPerSecond()),
        ratio(list, (own, base) -> base.cpuMicrosPerRequest() / own.cpuMicrosPerRequest()));
  }

  /** Of all samples together: the ticks of a single one are too few. */
  private static double userShare(List<Sample> list) {
    double user = list.stream().mapToLong(sample -> sample.cpu().userTicks()).sum();
    double kernel = list.stream().mapToLong(sample -> sample.cpu().kernelTicks()).sum();
    return user / (user + kernel);
  }

  private double ratio(List<Sample> list, BiFunction<Sample, Sample, Double> ofRound) {
    List<Sample> base = samples.getOrDefault(Contestant.BASELINE, List.of());
    double[] ratios = new double[Math.min(list.size(), base.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ofRound.apply(list.get(i), base.get(i));
    }
    return median(ratios);
  }

  private static double median(List<Sample> list, ToDoubleFunction<Sample> value) {
    return median(list.stream().mapToDouble(value).toArray());
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
