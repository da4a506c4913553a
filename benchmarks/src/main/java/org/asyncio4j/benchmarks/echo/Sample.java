package org.asyncio4j.benchmarks.echo;

/**
 * What was seen of one server in one stretch of time.
 *
 * @param requests how many were answered
 * @param nanos how long it took
 * @param cpu what the server used of its processor
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
