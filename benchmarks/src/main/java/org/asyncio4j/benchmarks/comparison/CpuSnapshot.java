package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The processor time that the threads of a process have used so far, without the threads that
 * compile its code.
 *
 * @param threads the time of each thread, by thread ID
 */
public record CpuSnapshot(Map<String, CpuTime> threads) {

  // The fields of /proc/PID/stat after the name, which is in parentheses and may contain anything.
  private static final int UTIME = 11;
  private static final int STIME = 12;

  /** Reads a snapshot from {@code /proc}; it is empty on systems without {@code /proc}. */
  public static CpuSnapshot of(long pid) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    Map<String, CpuTime> threads = new HashMap<>();
    if (Files.isDirectory(tasks)) {
      try (DirectoryStream<Path> directory = Files.newDirectoryStream(tasks)) {
        for (Path thread : directory) {
          put(threads, thread);
        }
      }
    }
    return new CpuSnapshot(threads);
  }

  private static void put(Map<String, CpuTime> threads, Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        String schedule = Files.readString(thread.resolve("schedstat"));
        threads.put(
            thread.getFileName().toString(),
            new CpuTime(
                Long.parseLong(schedule.substring(0, schedule.indexOf(' '))),
                Long.parseLong(fields[UTIME]),
                Long.parseLong(fields[STIME])));
      }
    } catch (IOException ended) {
      // The thread has ended since the directory was read.
    }
  }

  /** Returns the time used since an earlier snapshot by threads that are still alive. */
  public CpuTime since(CpuSnapshot earlier) {
    return threads.entrySet().stream()
        .map(thread ->
            thread.getValue().minus(earlier.threads.getOrDefault(thread.getKey(), CpuTime.ZERO)))
        .reduce(CpuTime.ZERO, CpuTime::plus);
  }
}
