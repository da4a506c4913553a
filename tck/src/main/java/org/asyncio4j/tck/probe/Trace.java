package org.asyncio4j.tck.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order in which things happened. Written and read by any thread. */
public final class Trace {

  private final Object lock = new Object();
  private final List<String> events = new ArrayList<>(); // guarded by lock

  /** Creates an empty trace. */
  public Trace() {}

  /**
   * Records that something happened.
   *
   * @param event what
   */
  public void add(String event) {
    synchronized (lock) {
      events.add(event);
    }
  }

  /**
   * Makes a callback that records that it ran.
   *
   * @param event what it records
   * @return the callback
   */
  public Runnable adding(String event) {
    return () -> add(event);
  }

  /** {@return what happened so far, in order} */
  public List<String> events() {
    synchronized (lock) {
      return List.copyOf(events);
    }
  }

  /**
   * Counts an event.
   *
   * @param event what
   * @return how often it happened so far
   */
  public int count(String event) {
    return Collections.frequency(events(), event);
  }

  /**
   * Expects exactly this to have happened.
   *
   * @param what names the order, for instance {@code the order of the callbacks}
   * @param expected the events
   */
  public void expect(String what, String... expected) {
    Expect.equal(what, List.of(expected), events());
  }
}
