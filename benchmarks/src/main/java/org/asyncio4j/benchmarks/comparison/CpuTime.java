package org.asyncio4j.benchmarks.comparison;

/**
 * Processor time that was used.
 *
 * @param nanos all of it, as the scheduler counts it
 * @param userTicks how often the clock's tick found user mode
 * @param kernelTicks how often the clock's tick found the kernel
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
