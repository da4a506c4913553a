package org.asyncio4j.tck.rules.sync;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 14, part three: from where a waiting task may be woken. */
final class WakingRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  WakingRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Sets an event in a callback. */
  @Rule("14.11")
  @Hint("Allow futures to be completed anywhere on the loop's thread.")
  void aCallbackMayWakeTasks() {
    EventLoop loop = fixture.loop();
    AsyncEvent event = new AsyncEvent();
    Task<Boolean> task = loop.createTask(() -> awaitSet(event));
    fixture.tick();
    loop.callSoon(event::set);
    fixture.tickUntilDone("a task that waits for an event", task);
    Expect.that("the task must see the event", task.result());
  }

  /** Sets an event while the loop does not run. */
  @Rule("14.12")
  @Hint("Keep callbacks that are scheduled while the loop does not run for the next run.")
  void aTaskWokenBetweenRunsContinuesInTheNextRun() {
    EventLoop loop = fixture.loop();
    AsyncEvent event = new AsyncEvent();
    Task<Boolean> task = loop.createTask(() -> awaitSet(event));
    fixture.tick();
    event.set();
    Expect.that("a task must not continue before the loop runs", !task.isDone());
    fixture.tickUntilDone("a task that waits for an event", task);
    Expect.that("the task must see the event", task.result());
  }

  /** Puts an item into a queue from another thread, through the loop. */
  @Rule("14.13")
  @Hint("See chapter 3.")
  void anotherThreadWakesByCallSoonThreadsafe() {
    EventLoop loop = fixture.loop();
    AsyncQueue<String> queue = new AsyncQueue<>();
    CountDownLatch got = new CountDownLatch(1);
    Task<Boolean> task =
        loop.createTask(() -> {
          trace.add(queue.get());
          got.countDown();
          return true;
        });
    fixture.tick();
    BackgroundLoop running = fixture.start();
    loop.callSoonThreadsafe(() -> queue.putNoWait("item"));
    fixture.patience().await("a task must get the item that another thread had put", got);
    running.close();
    Expect.that("the task must be done", task.isDone());
    trace.expect("what the task got", "item");
  }

  /** Releases a lock that a task waits for on a foreign thread, while the loop runs. */
  @Rule("14.14")
  @Hint("`isRunning` must return the same on every thread.")
  void aForeignThreadMayNotWakeTasks() {
    EventLoop loop = fixture.loop();
    AsyncLock lock = new AsyncLock();
    lock.acquire();
    CountDownLatch released = new CountDownLatch(1);
    Task<Boolean> task =
        loop.createTask(() -> {
          try (var _ = lock.hold()) {
            released.countDown();
            return true;
          }
        });
    fixture.tick();
    BackgroundLoop running = fixture.start();
    Throwable refusal =
        Expect.thrown(WrongThreadException.class, "release on a foreign thread", lock::release);
    Expect.mentions("the refusal", refusal.getMessage(), "callSoonThreadsafe");
    Expect.that("a refused release must change nothing", lock.isLocked());
    loop.callSoonThreadsafe(lock::release);
    fixture.patience().await("a task must get the lock that its loop released", released);
    running.close();
    Expect.that("the task must be done", task.isDone());
  }

  /** Blocks in a call of the JDK while it holds a lock that another task waits for. */
  @Rule("14.15")
  @Hint("See 6.25.")
  void aTaskThatBlocksWithALockDelaysOnlyTasksThatWaitForIt() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
    EventLoop loop = fixture.loop();
    AsyncLock lock = new AsyncLock();
    CountDownLatch release = new CountDownLatch(1);
    Task<Boolean> holder =
        loop.createTask(() -> {
          try (var _ = lock.hold()) {
            release.await();
            trace.add("unblocked");
            return true;
          }
        });
    Task<Boolean> waiter =
        loop.createTask(() -> {
          try (var _ = lock.hold()) {
            trace.add("waiter");
            return true;
          }
        });
    loop.callLater(
        Duration.ofMillis(2),
        () -> {
          trace.add("callback");
          release.countDown();
        });

    boolean ignored = loop.runUntilComplete(waiter);

    trace.expect("the order of the events", "callback", "unblocked", "waiter");
    Expect.that("the task that blocked must be done", holder.isDone());
  }

  private static boolean awaitSet(AsyncEvent event) {
    event.await();
    return event.isSet();
  }
}
