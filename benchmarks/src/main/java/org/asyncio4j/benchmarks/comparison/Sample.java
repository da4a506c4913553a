package org.asyncio4j.benchmarks.comparison;

/**
 * A measurement of one server.
 *
 * @param requests the number of requests with a reply
 * @param nanos the duration
 * @param cpu the processor time of the server
 * @param machine the load of the whole machine
 */
record Sample(long requests, long nanos, CpuTime cpu, MachineLoad machine) {

  double requestsPerSecond() {
    return requests * 1e9 / nanos;
  }

  double cpuMicrosPerRequest() {
    return cpu.nanos() / 1e3 / Math.max(requests, 1);
  }
}
