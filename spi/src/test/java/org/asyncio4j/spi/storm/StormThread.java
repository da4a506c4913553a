package org.asyncio4j.spi.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.TestLoop;

/** The operations of one thread on the loop of a storm, and the expected results. */
final class StormThread {

  private static final int MOST_TURNS = 4;
  private static final int LONGEST_DELAY = 400;

  private final Storm storm;
  private final TestLoop loop;
  private final SplittableRandom random;
  private final List<Callback> callbacks = new ArrayList<>();
  private final List<Submission> submissions = new ArrayList<>();

  // Written on the loop's thread.
  private final List<Integer> order = new ArrayList<>();

  StormThread(Storm storm, SplittableRandom random) {
    this.storm = storm;
    this.loop = storm.loop();
    this.random = random;
  }

  void act(int deeds) {
    for (int i = 0; i < deeds; i++) {
      storm.count();
      switch (random.nextInt(12)) {
        case 0, 1 -> schedule(() -> {});
        case 2 -> cancelInItsTurn();
        case 3 -> cancelAny();
        case 4 -> submitOneThatYields();
        case 5 -> submitOneThatYields().cancel();
        case 6 -> submitOneThatCancelsItself();
        case 7 -> awaitAndComplete(random.nextBoolean());
        case 8 -> parkAndUnpark();
        case 9 -> look();
        case 10 -> scheduleStop();
        default -> schedule(this::lookAtCurrentTask);
      }
    }
  }

  /** After the loop was closed and all threads have ended. */
  void verify(Duration limit) {
    callbacks.forEach(Callback::verify);
    assertThat(order).as("callbacks of one thread").isSorted();
    for (Submission each : submissions) {
      each.verify(limit);
    }
  }

  private Callback schedule(Runnable action) {
    Callback callback = new Callback(action);
    callbacks.add(callback);
    return callback;
  }

  private Submission submit(Submission.Body body) {
    Submission submission = new Submission(loop, body);
    submissions.add(submission);
    return submission;
  }

  /** As likely as can be while the callback runs. */
  private void cancelInItsTurn() {
    Callback callback = schedule(() -> dawdle(LONGEST_DELAY));
    dawdle(random.nextInt(LONGEST_DELAY));
    callback.cancel();
  }

  private static void dawdle(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }

  private void cancelAny() {
    if (!callbacks.isEmpty()) {
      callbacks.get(random.nextInt(callbacks.size())).cancel();
    }
    if (!submissions.isEmpty() && random.nextBoolean()) {
      submissions.get(random.nextInt(submissions.size())).cancel();
    }
  }

  private Submission submitOneThatYields() {
    int turns = random.nextInt(MOST_TURNS);
    return submit(own -> {
      for (int i = 0; i < turns; i++) {
        Awaiter.yieldOnce();
      }
    });
  }

  private void submitOneThatCancelsItself() {
    submit(own -> {
      own.mayBeCancelled();
      loop.currentTask().orElseThrow().cancel();
      loop.createFuture().await();
    });
  }

  /** The promise belongs to the loop's thread, where both the body and the callback run. */
  private void awaitAndComplete(boolean andCancel) {
    Gate gate = new Gate();
    Submission waiting = submit(own -> gate.await());
    schedule(gate::open);
    if (andCancel) {
      waiting.cancel();
    }
  }

  private void parkAndUnpark() {
    Parking parking = new Parking();
    submit(own -> parking.park());
    parking.unpark();
  }

  private void scheduleStop() {
    schedule(loop::stop);
  }

  private void look() {
    for (Task<?> task : loop.allTasks()) {
      assertThat(task.name()).startsWith("Task-");
      assertThat(task.loop()).isSameAs(loop);
      assertThat(task.stack()).doesNotContainNull();
      boolean cancelled = task.isCancelled();
      assertThat(task.isDone()).isIn(cancelled, true);
    }
    loop.currentTask().ifPresent(task -> assertThat(task.loop()).isSameAs(loop));
  }

  private void lookAtCurrentTask() {
    assertThat(loop.currentTask()).as("in a callback").isEmpty();
  }

  /** A callback that this thread has scheduled, if the loop took it. */
  private final class Callback {

    private final int number = callbacks.size();
    private final Handle handle;
    private volatile int begun;
    private volatile int ended;
    private boolean endedOrNeverWhenCancelled = true;

    Callback(Runnable action) {
      Handle taken = null;
      try {
        taken =
            loop.callSoonThreadsafe(() -> {
              begun++;
              order.add(number);
              action.run();
              ended++;
            });
      } catch (IllegalStateException closed) {
        assertThat(loop.isClosed()).isTrue();
      }
      handle = taken;
    }

    void cancel() {
      if (handle != null) {
        handle.cancel();
        endedOrNeverWhenCancelled &= handle.isCancelled() ? begun == 0 : ended == 1;
      }
    }

    void verify() {
      boolean never = handle == null || handle.isCancelled();
      assertThat(ended)
          .as("runs of callback %d, handle %s", number, handle)
          .isEqualTo(never ? 0 : 1);
      assertThat(begun).isEqualTo(ended);
      assertThat(endedOrNeverWhenCancelled).as("cancel() waits for callback %d", number).isTrue();
    }
  }

  /** Waits for a promise of the loop. */
  private final class Gate {

    private boolean open;
    private Promise<Void> promise;

    void await() {
      if (!open) {
        promise = loop.createFuture();
        promise.await();
      }
    }

    void open() {
      open = true;
      if (promise != null && !promise.isDone()) {
        promise.setResult(null);
      }
    }
  }

  /** Parks outside of await. */
  private static final class Parking {

    private volatile Thread parked;
    private volatile boolean mayGoOn;

    void park() {
      parked = Thread.currentThread();
      while (!mayGoOn) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new CancelledError("interrupted");
        }
      }
    }

    void unpark() {
      mayGoOn = true;
      LockSupport.unpark(parked);
    }
  }
}
