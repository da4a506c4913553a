package org.asyncio4j.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.Task;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A snapshot that another thread takes shows every task that stays. */
class TaskRegistryStress {

  private TaskRegistryStress() {}

  /** The results are: whether the snapshot shows the one that stays, that ends, that begins. */
  @JCStressTest
  @Outcome(id = "1, [01], 0", expect = ACCEPTABLE, desc = "before the other begins")
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "after the one has ended")
  @Outcome(
      expect = FORBIDDEN,
      desc = "the one that stays is missing, or two are seen that were never there together")
  @State
  public static class SlotIsUsedAgain {

    private final StressedLoop loop = StressedLoop.withoutThread();
    private final Task<?> ends = loop.createTask(() -> null);
    private final Task<?> stays = loop.createTask(() -> null);

    @Actor
    public void loop() {
      TaskLifetime.unregisterTask(ends);
      loop.createTask(() -> null);
    }

    @Actor
    public void thread(III_Result r) {
      Set<Task<?>> seen = loop.allTasks();
      r.r1 = seen.remove(stays) ? 1 : 0;
      r.r2 = seen.remove(ends) ? 1 : 0;
      r.r3 = seen.size();
    }
  }

  /** The results are: how many of those that stay are missing, whether the new one is seen. */
  @JCStressTest
  @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "all that stay are seen")
  @Outcome(expect = FORBIDDEN, desc = "growing hides a task that stays")
  @State
  public static class Growth {

    private final StressedLoop loop = StressedLoop.withoutThread();
    private final List<Task<?>> stay = new ArrayList<>();

    public Growth() {
      for (int i = 0; i < TaskRegistry.INITIAL_CAPACITY; i++) {
        stay.add(loop.createTask(() -> null));
      }
    }

    @Actor
    public void loop() {
      loop.createTask(() -> null);
    }

    @Actor
    public void thread(II_Result r) {
      Set<Task<?>> seen = loop.allTasks();
      for (Task<?> each : stay) {
        r.r1 += seen.remove(each) ? 0 : 1;
      }
      r.r2 = seen.size();
    }
  }

  /** The result is whether a task is seen that ceases to be eager because it has to wait. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "it is seen among the eager ones or the others")
  @Outcome(expect = FORBIDDEN, desc = "it is hidden on its way")
  @State
  public static class EagerTaskGraduates {

    private final StressedLoop loop = StressedLoop.withoutThread();
    private final Task<?> task = loop.createTask(() -> null);

    public EagerTaskGraduates() {
      TaskLifetime.unregisterTask(task);
      TaskLifetime.registerEagerTask(task);
    }

    @Actor
    public void loop() {
      TaskLifetime.registerTask(task);
      TaskLifetime.unregisterEagerTask(task);
    }

    @Actor
    public void thread(I_Result r) {
      r.r1 = loop.allTasks().contains(task) ? 1 : 0;
    }
  }
}
