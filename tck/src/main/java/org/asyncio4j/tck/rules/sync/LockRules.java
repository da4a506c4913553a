package org.asyncio4j.tck.rules.sync;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.Waiters;

/** Chapter 14, part one: locks and semaphores. */
final class LockRules {

  private static final int WAITERS = 3;

  private final LoopFixture fixture;
  private final Trace trace = new Trace();
  private final AsyncLock lock = new AsyncLock();

  LockRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Makes three tasks ask for a lock that is held, and wait while they have it. */
  @Rule("14.1")
  @Hint("A task that awaits must continue when its own future is done, and not before.")
  void onlyOneTaskAtATimeHoldsALock() {
    runWith(waiters -> {
      lock.acquire();
      for (String name : new String[] {"a", "b", "c"}) {
        Task<Boolean> ignored =
            waiters.start(() -> {
              try (var _ = lock.hold()) {
                trace.add("+" + name);
                Waiters.giveWay(2);
                trace.add("-" + name);
              }
            });
      }
      Waiters.giveWay(2);
      trace.expect("what runs while the lock is held");
      lock.release();
      waiters.join();
    });
    trace.expect("who has the lock", "+a", "-a", "+b", "-b", "+c", "-c");
  }

  /** Cancels a task whose turn has come, before it runs. */
  @Rule("14.2")
  @Hint("A step that is already scheduled must still raise the error.")
  void aTaskCancelledAtItsTurnDoesNotGetTheLock() {
    runWith(waiters -> {
      lock.acquire();
      Task<Boolean> cancelled = waiters.start(() -> takeAndNote("cancelled"));
      Task<Boolean> ignored = waiters.start(() -> takeAndNote("next"));
      lock.release();
      boolean accepted = cancelled.cancel();
      waiters.join();
      Expect.that("cancel of a task that is about to continue must return true", accepted);
      Expect.that("the task must be cancelled", cancelled.isCancelled());
    });
    trace.expect("who had the lock", "next");
  }

  /** Cancels each subset of three tasks together with the release of a permit. */
  @Rule("14.3")
  @Hint("The body of a cancelled task must run to its end, whatever woke it.")
  void noPermitIsLostToACancelledTask() {
    for (int subset = 0; subset < 1 << WAITERS; subset++) {
      AsyncSemaphore semaphore = new AsyncSemaphore(0);
      int cancelled = subset;
      runWith(waiters -> {
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int index = 0; index < WAITERS; index++) {
          tasks.add(
              waiters.start(() -> {
                semaphore.acquire();
                semaphore.release();
              }));
        }
        semaphore.release();
        for (int index = 0; index < WAITERS; index++) {
          if ((cancelled & 1 << index) != 0) {
            boolean ignored = tasks.get(index).cancel();
          }
        }
        waiters.join();
      });
      Expect.that(
          "a permit must be left when tasks were cancelled (as bits: %s)"
              .formatted(Integer.toBinaryString(cancelled)),
          !semaphore.isLocked());
    }
  }

  /** Cancels the only waiter of a lock, releases the lock and takes it again, all in one step. */
  @Rule("14.4")
  @Hint("Cancelling a task must cancel the awaited future within the call.")
  void aLockIsFreeAtOnceIfAllWaitingTasksAreCancelled() {
    runWith(waiters -> {
      lock.acquire();
      Task<Boolean> cancelled = waiters.start(() -> takeAndNote("cancelled"));
      boolean accepted = cancelled.cancel();
      lock.release();
      lock.acquire();
      Expect.that("cancel of a waiting task must return true", accepted);
      Expect.that("a free lock must be taken without letting others run", !cancelled.isDone());
      lock.release();
      waiters.join();
      Expect.that("the task must be cancelled", cancelled.isCancelled());
    });
    trace.expect("what runs of its body");
  }

  /** Makes a task wait for a lock, and then for another while it has the first. */
  @Rule("14.5")
  @Hint("A task must be the current one in each of its steps.")
  void aTaskMayWaitAgain() {
    AsyncLock inner = new AsyncLock();
    runWith(waiters -> {
      lock.acquire();
      inner.acquire();
      Task<Boolean> ignored =
          waiters.start(() -> {
            try (var _ = lock.hold()) {
              trace.add("outer");
              inner.acquire();
              trace.add("inner");
              inner.release();
            }
          });
      lock.release();
      Waiters.giveWay(3);
      trace.expect("what the task has after the first release", "outer");
      inner.release();
      waiters.join();
    });
    trace.expect("what the task had", "outer", "inner");
  }

  /** Runs the body of a rule in a task, so that the loop runs whenever a task is woken. */
  private void runWith(RuleBody body) {
    Waiters waiters = new Waiters(fixture.loop());
    ThrowingRunnable<RuntimeException> inTask = () -> body.run(waiters);
    fixture.runTask(inTask);
  }

  private void takeAndNote(String name) {
    try (var _ = lock.hold()) {
      trace.add(name);
    }
  }

  private interface RuleBody {
    void run(Waiters waiters);
  }
}
