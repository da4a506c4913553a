package org.asyncio4j.spi.internal.cycle;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Law 7: either the thread that adds wakes the loop, or the loop sees the entry. */
class InboxStress {

  private InboxStress() {}

  /** The results are: whether the loop may sleep, how often it is woken. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the loop saw the entry")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the loop sleeps and is woken")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the loop saw the entry and is woken, too")
  @Outcome(expect = FORBIDDEN, desc = "the loop sleeps for good, or is woken twice")
  @State
  public static class AddWhileFallingAsleep {

    private int wakeUps;
    private final Inbox inbox = new Inbox(() -> wakeUps++);

    @Actor
    public void thread() {
      inbox.add(new Entry("A"));
    }

    @Actor
    public void loop(II_Result r) {
      r.r1 = inbox.mayNowSleep() ? 1 : 0;
    }

    @Arbiter
    public void after(II_Result r) {
      r.r2 = wakeUps;
    }
  }

  /**
   * The loop sleeps, awakes, looks and sleeps again. The results are: whether it found the entry in
   * between, whether it may sleep again, how often it is woken.
   */
  @JCStressTest
  @Outcome(id = "0, 0, [01]", expect = ACCEPTABLE, desc = "the loop saw the entry the second time")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the loop sleeps and is woken")
  @Outcome(id = "1, 1, [01]", expect = ACCEPTABLE, desc = "the loop took the entry in between")
  @Outcome(expect = FORBIDDEN, desc = "the loop sleeps for good, or is woken twice")
  @State
  public static class AddWhileSleepingTwice {

    private int wakeUps;
    private final Inbox inbox = new Inbox(() -> wakeUps++);

    @Actor
    public void thread() {
      inbox.add(new Entry("A"));
    }

    @Actor
    public void loop(III_Result r) {
      boolean ignored = inbox.mayNowSleep();
      inbox.awake();
      r.r1 = inbox.poll() == null ? 0 : 1;
      // A loop that was kept from sleeping has something to do; here it looks again all the same.
      r.r2 = inbox.mayNowSleep() ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = wakeUps;
    }
  }

  /** The result is the order in which the entries come out. */
  @JCStressTest
  @Outcome(
      id = {"ABab", "AaBb", "AabB", "aABb", "aAbB", "abAB"},
      expect = ACCEPTABLE,
      desc = "each thread's entries are in order")
  @Outcome(expect = FORBIDDEN, desc = "an entry is lost, or overtaken by one of its own thread")
  @State
  public static class TwoThreads {

    private final Inbox inbox = new Inbox(() -> {});

    @Actor
    public void one() {
      inbox.add(new Entry("A"));
      inbox.add(new Entry("B"));
    }

    @Actor
    public void other() {
      inbox.add(new Entry("a"));
      inbox.add(new Entry("b"));
    }

    @Arbiter
    public void after(L_Result r) {
      StringBuilder order = new StringBuilder();
      for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
        order.append(entry);
      }
      r.r1 = order.toString();
    }
  }

  /** The result is what the loop takes while the entries come, and what is left after a dot. */
  @JCStressTest
  @Outcome(
      id = {"\\.AB", "A\\.B", "AB\\."},
      expect = ACCEPTABLE,
      desc = "the entries come in order")
  @Outcome(expect = FORBIDDEN, desc = "an entry is lost, or overtaken")
  @State
  public static class AddWhileTaking {

    private final Inbox inbox = new Inbox(() -> {});
    private final StringBuilder order = new StringBuilder();

    @Actor
    public void thread() {
      inbox.add(new Entry("A"));
      inbox.add(new Entry("B"));
    }

    @Actor
    public void loop() {
      for (int i = 0; i < 2; i++) {
        ReadyEntry entry = inbox.poll();
        order.append(entry == null ? "" : entry);
      }
    }

    @Arbiter
    public void after(L_Result r) {
      order.append('.');
      for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
        order.append(entry);
      }
      r.r1 = order.toString();
    }
  }

  /**
   * Another thread adds while the loop closes. The results are: how often the entry that was there
   * before was dropped, how often the late one was dropped or is left.
   */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "what was there is dropped, nothing is lost")
  @Outcome(expect = FORBIDDEN, desc = "an entry that is still on its way hides one behind it")
  @State
  public static class AddWhileClosing {

    private final Inbox inbox = new Inbox(() -> {});
    private final Entry late = new Entry("late");
    private final Entry early = new Entry("early");

    @Actor
    public void thread() {
      inbox.add(late);
    }

    @Actor
    public void loop() {
      inbox.add(early);
      inbox.clear();
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = early.drops;
      r.r2 = late.drops;
      for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
        r.r2 += entry == late ? 1 : 0;
      }
    }
  }

  private static final class Entry extends ReadyEntry {

    private final String name;
    private int drops;

    Entry(String name) {
      this.name = name;
    }

    @Override
    public void drop() {
      drops++;
    }

    @Override
    public void run() {
      throw new IllegalStateException("must not run: " + name);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
