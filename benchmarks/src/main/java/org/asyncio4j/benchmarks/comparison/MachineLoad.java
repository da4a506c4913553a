package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load of the machine's processors, in ticks.
 *
 * @param busy the ticks in which any process was running
 * @param stolen the ticks that the host took from a virtual machine
 */
record MachineLoad(long busy, long stolen) {

  private static final Path STAT = Path.of("/proc/stat");

  /** Reads the load from {@code /proc}; it is zero on systems without {@code /proc}. */
  static MachineLoad now() throws IOException {
    if (!Files.isReadable(STAT)) {
      return new MachineLoad(0, 0);
    }
    // cpu user nice system idle iowait irq softirq steal
    String[] fields = Files.readAllLines(STAT).getFirst().split(" +", -1);
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      busy += Long.parseLong(fields[i]);
    }
    return new MachineLoad(busy, Long.parseLong(fields[8]));
  }

  MachineLoad minus(MachineLoad earlier) {
    return new MachineLoad(busy - earlier.busy, stolen - earlier.stolen);
  }
}
