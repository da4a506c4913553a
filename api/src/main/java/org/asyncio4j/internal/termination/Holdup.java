package org.asyncio4j.internal.termination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What keeps a task from ending that was cancelled, in words. The report that a program does not
 * end after SIGTERM has them: the stack of the task shows the code of the application alone.
 * Callable from any thread.
 */
public final class Holdup implements AutoCloseable {

  // Weak: what a forgotten loop waits for must not appear in the reports of others.
  private static final Set<Holdup> PRESENT = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile String text;

  private Holdup(String text) {
    this.text = text;
  }

  /**
   * Begins to hold up a task.
   *
   * @param text what waits for what, and what can be done about it
   * @return what must be closed when the task goes on
   */
  public static Holdup begin(String text) {
    Holdup holdup = new Holdup(text);
    synchronized (PRESENT) {
      PRESENT.add(holdup);
    }
    return holdup;
  }

  /**
   * Changes the words.
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

  /** {@return the words of all that hold up a task of this process now} */
  static List<String> present() {
    List<String> texts = new ArrayList<>();
    synchronized (PRESENT) {
      PRESENT.forEach(holdup -> texts.add(holdup.text));
    }
    return texts;
  }
}
