package org.asyncio4j.tck.rules.sync;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.sync.AsyncBarrier;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.Waiters;

/** Chapter 14, part two: events, barriers, conditions and queues. */
final class SignalRules {

  private static final int ITEMS = 30;

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  SignalRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Sets an event that three tasks wait for. */
  @Rule("14.6")
  @Hint("Completed futures must wake their tasks in the order of completion.")
  void anEventWakesAllInOrder() {
    AsyncEvent event = new AsyncEvent();
    fixture.runTask(() -> {
      Waiters waiters = new Waiters(fixture.loop());
      for (String name : new String[] {"a", "b", "c"}) {
        Task<Boolean> ignored =
            waiters.start(() -> {
              event.await();
              trace.add(name);
            });
      }
      event.set();
      trace.expect("what runs within set");
      waiters.join();
    });
    trace.expect("the order in which tasks continue", "a", "b", "c");
  }

  /** Fills a barrier, and checks after one tick which tasks have passed. */
  @Rule("14.7")
  @Hint("A completed future must schedule the next step of its task at once.")
  void allPassABarrierInTheNextTick() {
    AsyncBarrier barrier = new AsyncBarrier(3);
    fixture.runTask(() -> {
      Waiters waiters = new Waiters(fixture.loop());
      for (String name : new String[] {"a", "b"}) {
        Task<Boolean> ignored = waiters.start(() -> trace.add(name + barrier.await()));
      }
      trace.add("c" + barrier.await());
      Waiters.giveWay(1);
      trace.expect("who has passed after one tick", "c2", "a0", "b1");
      waiters.join();
    });
  }

  /** Cancels a task that waits for a condition, while another holds the lock. */
  @Rule("14.8")
  @Hint("A task that was cancelled must be able to wait while it cleans up.")
  void aTaskCancelledInAConditionHoldsTheLockAgain() {
    AsyncCondition condition = new AsyncCondition();
    fixture.runTask(() -> {
      Waiters waiters = new Waiters(fixture.loop());
      Task<Boolean> cancelled = waiters.start(() -> awaitAndNote(condition));
      condition.acquire();
      boolean ignored = cancelled.cancel("by itself");
      Waiters.giveWay(3);
      trace.expect("what runs while another has the lock");
      condition.release();
      waiters.join();
      Expect.that("the task must be cancelled", cancelled.isCancelled());
      Expect.that("the lock must be free at the end", !condition.isLocked());
    });
    trace.expect("what the task sees", "by itself, locked");
  }

  /** Cancels a task several times while it waits to have the lock of a condition again. */
  @Rule("14.9")
  @Hint("Deliver each cancellation that comes after a delivered one, too.")
  void theLastOfSeveralCancellationsIsSeen() {
    AsyncCondition condition = new AsyncCondition();
    fixture.runTask(() -> {
      Waiters waiters = new Waiters(fixture.loop());
      Task<Boolean> cancelled = waiters.start(() -> awaitAndNote(condition));
      condition.acquire();
      for (String message : new String[] {"first", "second", "third"}) {
        boolean ignored = cancelled.cancel(message);
        Waiters.giveWay(2);
      }
      condition.release();
      waiters.join();
      Expect.equal("the requests for the task", 3, cancelled.cancelling());
    });
    trace.expect("what the task sees", "third, locked");
  }

  /** Transfers items through a queue with a capacity of one, so that both sides wait often. */
  @Rule("14.10")
  @Hint("Check for a wake-up that gets lost when two tasks wake each other.")
  void aQueueDeliversEachItemOnceAndInOrder() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    fixture.runTask(() -> {
      Waiters waiters = new Waiters(fixture.loop());
      Task<Boolean> consumer =
          waiters.start(() -> {
            for (int expected = 0; expected < ITEMS; expected++) {
              Expect.equal("the next item of the queue", expected, queue.get());
              queue.taskDone();
            }
          });
      Task<Boolean> producer =
          waiters.start(() -> {
            for (int item = 0; item < ITEMS; item++) {
              queue.put(item);
            }
            queue.join();
          });
      waiters.join();
      Expect.that("both tasks must succeed", producer.result() && consumer.result());
      Expect.that("the queue must be empty", queue.isEmpty());
    });
  }

  private void awaitAndNote(AsyncCondition condition) {
    try (var _ = condition.hold()) {
      condition.await();
      trace.add("signalled");
    } catch (CancelledError error) {
      // The block has released the lock, so it must have held it.
      trace.add(error.getMessage() + ", locked");
      throw error;
    }
  }
}
