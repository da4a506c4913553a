package org.asyncio4j.internal.termination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * A description of what keeps a cancelled task from ending. The report that a program does not end
 * after SIGTERM includes it, because the stack of the task shows only application code. Callable
 * from any thread.
 */
public final class Holdup implements AutoCloseable {

  // Weak: the waits of an unreachable loop must not appear in the reports of others.
  private static final Set<Holdup> PRESENT = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile String text;

  private Holdup(String text) {
    this.text = text;
  }

  /**
   * Registers a reason that holds up a task.
   *
   * @param text what waits for what, and what can be done about it
   * @return a handle that must be closed when the task continues
   */
  public static Holdup begin(String text) {
    Holdup holdup = new Holdup(text);
    synchronized (PRESENT) {
      PRESENT.add(holdup);
    }
    return holdup;
  }

  /**
   * Changes the description.
   *
   * @param changed what waits for what now
   */
  public void update(String changed) {
    text = changed;
  }

  @Override
  public void close() {
    synchronized (PRESENT) {
      PRESENT.remove(this);
    }
  }

  /** {@return the descriptions of all current reasons that hold up tasks of this process} */
  static List<String> present() {
    List<String> texts = new ArrayList<>();
    synchronized (PRESENT) {
      PRESENT.forEach(holdup -> texts.add(holdup.text));
    }
    return texts;
  }
}
