package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time that a process has used, without the threads that compile its code.
 *
 * @param nanos all of it, as the scheduler counts it
 * @param userTicks how often the clock's tick found it in user mode
 * @param kernelTicks how often the clock's tick found it in the kernel
 */
public record CpuTime(long nanos, long userTicks, long kernelTicks) {

  // The fields of /proc/PID/stat after the name, which is in parentheses and may contain anything.
  private static final int UTIME = 11;
  private static final int STIME = 12;

  /**
   * Reads it from {@code /proc}; nothing on a system without.
   *
   * @param pid the process
   * @return its processor time until now
   * @throws IOException if it has ended
   */
  public static CpuTime of(long pid) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return new CpuTime(0, 0, 0);
    }
    long nanos = 0;
    long userTicks = 0;
    long kernelTicks = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
          userTicks += Long.parseLong(fields[UTIME]);
          kernelTicks += Long.parseLong(fields[STIME]);
          String schedule = Files.readString(thread.resolve("schedstat"));
          nanos += Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
        }
      }
    }
    return new CpuTime(nanos, userTicks, kernelTicks);
  }

  /**
   * Subtracts.
   *
   * @param earlier an earlier reading of the same process
   * @return the processor time since then
   */
  public CpuTime minus(CpuTime earlier) {
    return new CpuTime(
        nanos - earlier.nanos, userTicks - earlier.userTicks, kernelTicks - earlier.kernelTicks);
  }
}
