package org.asyncio4j.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The samples of one server in one cell, by round. */
final class Samples {

  private final List<Sample> samples = new ArrayList<>();

  void add(Sample sample) {
    samples.add(sample);
  }

  List<Sample> byRound() {
    return samples;
  }

  double median(ToDoubleFunction<Sample> value) {
    return quantile(0.5, value);
  }

  /**
   * Returns a quantile of the samples, interpolated between neighbours.
   *
   * @param part from 0, the minimum, to 1, the maximum
   * @return the quantile; NaN if there is no sample
   */
  double quantile(double part, ToDoubleFunction<Sample> value) {
    return quantile(part, samples.stream().mapToDouble(value).toArray());
  }

  /** Returns the median of the comparisons with the other samples, round by round. */
  double medianByRound(Samples other, ToDoubleBiFunction<Sample, Sample> comparison) {
    double[] values = new double[Math.min(samples.size(), other.samples.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = comparison.applyAsDouble(samples.get(i), other.samples.get(i));
    }
    return quantile(0.5, values);
  }

  /** Returns the share of user time in all samples together; a single sample has too few ticks. */
  double userShare() {
    CpuTime sum = samples.stream().map(Sample::cpu).reduce(CpuTime.ZERO, CpuTime::plus);
    return (double) sum.userTicks() / (sum.userTicks() + sum.kernelTicks());
  }

  private static double quantile(double part, double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    double at = part * (values.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, values.length - 1);
    return values[below] + (at - below) * (values[above] - values[below]);
  }
}
