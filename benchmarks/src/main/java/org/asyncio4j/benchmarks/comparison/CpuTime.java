package org.asyncio4j.benchmarks.comparison;

/**
 * Used processor time.
 *
 * @param nanos the total time, as counted by the scheduler
 * @param userTicks the number of clock ticks in user mode
 * @param kernelTicks the number of clock ticks in the kernel
 */
public record CpuTime(long nanos, long userTicks, long kernelTicks) {

  static final CpuTime ZERO = new CpuTime(0, 0, 0);

  CpuTime plus(CpuTime other) {
    return new CpuTime(
        nanos + other.nanos, userTicks + other.userTicks, kernelTicks + other.kernelTicks);
  }

  CpuTime minus(CpuTime earlier) {
    return new CpuTime(
        nanos - earlier.nanos, userTicks - earlier.userTicks, kernelTicks - earlier.kernelTicks);
  }
}
