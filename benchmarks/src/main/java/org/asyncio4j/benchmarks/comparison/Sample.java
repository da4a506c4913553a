package org.asyncio4j.benchmarks.comparison;

/**
 * What was measured of one server in one stretch of time.
 *
 * @param requests how many were answered
 * @param nanos how long it lasted
 * @param cpu the processor time of the server
 * @param machine what the whole machine did
 */
record Sample(long requests, long nanos, CpuTime cpu, MachineLoad machine) {

  double requestsPerSecond() {
    return requests * 1e9 / nanos;
  }

  double cpuMicrosPerRequest() {
    return cpu.nanos() / 1e3 / Math.max(requests, 1);
  }
}
