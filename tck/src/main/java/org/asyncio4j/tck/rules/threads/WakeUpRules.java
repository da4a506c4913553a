package org.asyncio4j.tck.rules.threads;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.jspecify.annotations.Nullable;

/** Chapter 3, part one: waking the loop from other threads. */
final class WakeUpRules {

  private static final int THREADS = 4;
  private static final int CALLS = 2_000;
  private static final int ROUNDS = 1_000;

  private final LoopFixture fixture;

  WakeUpRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Schedules from another thread once the loop waits. */
  @Rule("3.1")
  @Hint(
      "Check whether `callSoonThreadsafe` calls `wakeUp`, and whether that ends a poll without a"
          + " limit.")
  void callSoonThreadsafeWakesTheLoop() {
    EventLoop loop = fixture.loop();
    fixture.start();
    CountDownLatch ran = new CountDownLatch(1);
    fixture.patience().during("the loop must keep running", loop::isRunning);

    loop.callSoonThreadsafe(ran::countDown);

    fixture.patience().await("callSoonThreadsafe must wake a loop that waits", ran);
  }

  /** Schedules thousands of callbacks from four threads at once. */
  @Rule("3.2")
  @Hint("The queue between threads must not lose, duplicate or reorder entries.")
  void callbacksOfManyThreadsAllRunInOrder() throws InterruptedException {
    EventLoop loop = fixture.loop();
    fixture.start();
    List<List<Integer>> seen = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(THREADS * CALLS);
    for (int number = 0; number < THREADS; number++) {
      List<Integer> ofThread = Collections.synchronizedList(new ArrayList<>());
      seen.add(ofThread);
      threads.add(Thread.ofPlatform().start(() -> scheduleMany(loop, ofThread, all)));
    }

    for (Thread thread : threads) {
      thread.join();
    }
    fixture.patience().await("each callback must run", all);

    for (List<Integer> ofThread : seen) {
      for (int call = 0; call < CALLS; call++) {
        Expect.equal("callback number %d of a thread".formatted(call), call, ofThread.get(call));
      }
      Expect.equal("the number of runs", CALLS, ofThread.size());
    }
  }

  /** Schedules repeatedly just when the loop may be starting to wait. */
  @Rule("3.3")
  @Hint("Publish that the loop sleeps, check the queue once more, and only then wait.")
  void noWakeUpIsLost() {
    EventLoop loop = fixture.loop();
    fixture.start();
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch ran = new CountDownLatch(1);
      for (int spins = (round * 37) % 2_000; spins > 0; spins--) {
        Thread.onSpinWait();
      }
      loop.callSoonThreadsafe(ran::countDown);
      fixture.patience().await("wake-up number %d must not be lost".formatted(round), ran);
    }
  }

  /** Closes loops while another thread schedules. */
  @Rule("3.4")
  @Hint(
      "Allow `wakeUp` to be called during and after `closeResources`; check for a closed loop on"
          + " entry.")
  void schedulingMayRaceWithClose() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      EventLoop loop = fixture.openLoop();
      AtomicReference<@Nullable Throwable> refusal = new AtomicReference<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread thread =
          Thread.ofPlatform().start(() -> refusal.set(scheduleUntilRefused(loop, begun)));

      fixture.patience().await("the other thread must begin", begun);
      loop.close();

      thread.join();
      Throwable found = refusal.get();
      Expect.that(
          "what callSoonThreadsafe throws when the loop is closed must be an"
              + " IllegalStateException (was %s)".formatted(found),
          found instanceof IllegalStateException);
    }
  }

  /** Stops a loop that waits from another thread. */
  @Rule("3.9")
  @Hint("Check the stop flag after each batch, also after one that only a wake-up has caused.")
  void stopByCallSoonThreadsafeEndsALoopThatWaits() {
    EventLoop loop = fixture.loop();
    fixture.start();
    fixture.patience().during("the loop must keep running", loop::isRunning);

    loop.callSoonThreadsafe(loop::stop);

    fixture.patience().until("a loop that waits must stop", () -> !loop.isRunning());
  }

  private static void scheduleMany(EventLoop loop, List<Integer> seen, CountDownLatch all) {
    for (int call = 0; call < CALLS; call++) {
      int number = call;
      loop.callSoonThreadsafe(() -> {
        seen.add(number);
        all.countDown();
      });
    }
  }

  private static Throwable scheduleUntilRefused(EventLoop loop, CountDownLatch begun) {
    try {
      while (true) {
        loop.callSoonThreadsafe(() -> {});
        begun.countDown();
      }
    } catch (Throwable refusal) {
      return refusal;
    }
  }
}
