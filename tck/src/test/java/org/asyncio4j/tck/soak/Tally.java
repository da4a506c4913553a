package org.asyncio4j.tck.soak;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of connections, and keeps the first things that must not happen. */
final class Tally {

  private static final int FIRST = 20;

  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  void count(String what) {
    counts.computeIfAbsent(what, key -> new LongAdder()).increment();
  }

  void fault(String what) {
    count("FAULT");
    if (faults.size() < FIRST) {
      faults.add(what);
    }
  }

  Queue<String> faults() {
    return faults;
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
