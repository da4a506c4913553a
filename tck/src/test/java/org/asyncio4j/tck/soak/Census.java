package org.asyncio4j.tck.soak;

import java.io.File;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a process holds.
 *
 * @param descriptors how many sockets, pipes and pollers
 * @param tasks how many tasks are not done
 * @param threads the platform threads that are not the JDK's own, by name and how many
 * @param heap what is in the heap after the garbage was collected
 * @param directBytes the memory of direct buffers
 */
record Census(
    int descriptors, int tasks, Map<String, Integer> threads, Histogram heap, long directBytes) {

  private static final Set<String> JDK_GROUPS =
      Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

  static Census take(int tasks) {
    return new Census(countDescriptors(), tasks, countThreads(), Histogram.take(), direct());
  }

  static int countDescriptors() {
    int count = 0;
    File[] entries = new File("/proc/self/fd").listFiles();
    for (File entry : entries == null ? new File[0] : entries) {
      String target = target(entry.toPath());
      if (target.startsWith("socket:")
          || target.startsWith("pipe:")
          || target.startsWith("anon_inode:")) {
        count++;
      }
    }
    return count;
  }

  static Map<String, Integer> countThreads() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ThreadGroup group = thread.getThreadGroup();
      if (group != null && !JDK_GROUPS.contains(group.getName())) {
        counts.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum);
      }
    }
    return counts;
  }

  @Override
  public String toString() {
    return "descriptors %d, tasks %d, threads %d, heap %,d KiB, direct buffers %,d KiB"
        .formatted(
            descriptors,
            tasks,
            threads.values().stream().mapToInt(count -> count).sum(),
            heap.bytes() >> 10,
            directBytes >> 10);
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return ""; // the descriptor that listed the directory
    }
  }
}
