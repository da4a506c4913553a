package org.asyncio4j.tck.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.FairClock;

/** Compares the platform threads and the sockets, pipes and pollers before a rule and after it. */
final class LeakCheck {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final long PAUSE_NANOS = 500_000;
  // Threads of the JDK itself, which start and end at any time.
  private static final Set<String> JDK_GROUPS =
      Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

  private final TckSettings settings;
  private final Set<Thread> threads;
  private final Map<String, Integer> descriptors;

  private LeakCheck(TckSettings settings, Set<Thread> threads, Map<String, Integer> descriptors) {
    this.settings = settings;
    this.threads = threads;
    this.descriptors = descriptors;
  }

  static LeakCheck begin(TckSettings settings) {
    WarmUp.once();
    long ignored = FairClock.nanoTime(); // its thread is started once
    return new LeakCheck(settings, platformThreads(), descriptors());
  }

  /** Waits for new threads and descriptors to disappear, and returns those that did not. */
  Optional<String> find() {
    long deadline = FairClock.deadline(settings.leakLimit());
    Optional<String> left = left();
    while (left.isPresent() && FairClock.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
      left = left();
    }
    return left.map(what ->
        "a rule must leave nothing behind, but %s is left, %s later"
            .formatted(what, settings.leakLimit()));
  }

  static boolean isOfInterest(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && !JDK_GROUPS.contains(group.getName());
  }

  private Optional<String> left() {
    Set<String> left = new TreeSet<>();
    for (Thread thread : platformThreads()) {
      if (!threads.contains(thread) && isOfInterest(thread)) {
        left.add(nameOf(thread));
      }
    }
    descriptors()
        .forEach((target, count) -> {
          if (count > descriptors.getOrDefault(target, 0)) {
            left.add("descriptor " + target);
          }
        });
    return left.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", left));
  }

  private static Set<Thread> platformThreads() {
    return Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  /** A name for a thread, which may have none. */
  static String nameOf(Thread thread) {
    String name = thread.getName();
    return "thread " + (name.isBlank() ? "#" + thread.threadId() : name);
  }

  /**
   * What each descriptor leads to, with the number of such descriptors; empty if the system does
   * not report them.
   */
  private static Map<String, Integer> descriptors() {
    Map<String, Integer> counts = new HashMap<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return counts;
    }
    try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
      entries.flatMap(LeakCheck::target).forEach(target -> counts.merge(target, 1, Integer::sum));
    } catch (IOException | UncheckedIOException unreadable) {
      return Map.of();
    }
    return counts;
  }

  // A loop does not open files, but the class loader does.
  private static Stream<String> target(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      boolean ofLoop =
          List.of("socket:", "pipe:", "anon_inode:").stream().anyMatch(target::startsWith);
      return ofLoop ? Stream.of(target) : Stream.empty();
    } catch (IOException closedMeanwhile) {
      return Stream.empty();
    }
  }
}
