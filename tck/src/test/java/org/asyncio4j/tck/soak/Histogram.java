package org.asyncio4j.tck.soak;

import static java.util.stream.Collectors.joining;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** The number of heap bytes that the reachable objects of each class take. */
record Histogram(Map<String, Long> bytesByClass) {

  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
  private static final int LARGEST = 12;
  private static final int COLLECTIONS = 5;
  private static final long PAUSE_NANOS = 100_000_000;

  static Histogram take() {
    // One collection clears references, a later one frees their referents.
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      System.gc();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Map<String, Long> bytes = new TreeMap<>();
    for (String line : ask().split("\n", -1)) {
      Matcher found = LINE.matcher(line);
      if (found.matches()) {
        bytes.merge(found.group(2), Long.valueOf(found.group(1)), Long::sum);
      }
    }
    return new Histogram(bytes);
  }

  long bytes() {
    return bytesByClass.values().stream().mapToLong(bytes -> bytes).sum();
  }

  /** The classes whose objects take most more than before. */
  String growthSince(Histogram before) {
    Map<String, Long> growth = new TreeMap<>();
    bytesByClass.forEach(
        (type, bytes) -> growth.put(type, bytes - before.bytesByClass.getOrDefault(type, 0L)));
    return growth.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LARGEST)
        .map(entry -> "%s %+,d".formatted(entry.getKey(), entry.getValue()))
        .collect(joining(", "));
  }

  /** The virtual machine collects garbage before it returns the result. */
  private static String ask() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException unknown) {
      throw new IllegalStateException(
          "the heap cannot be counted by this virtual machine", unknown);
    }
  }
}
