package org.asyncio4j.tck.rules.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 3, part two: which thread may do what. */
final class ThreadRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  ThreadRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Schedules with {@code callSoon} and {@code callSoonThreadsafe} on the loop's thread. */
  @Rule("3.5")
  @Hint("On the loop's thread, append to the ready queue itself.")
  void callSoonThreadsafeQueuesLikeCallSoonOnTheLoopsThread() {
    EventLoop loop = fixture.loop();
    fixture.runCallback(() -> {
      loop.callSoonThreadsafe(trace.adding("a"));
      loop.callSoon(trace.adding("b"));
      loop.callSoonThreadsafe(trace.adding("c"));
    });
    trace.expect("what runs in the same tick");

    fixture.tick();

    trace.expect("the order of the callbacks", "a", "b", "c");
  }

  /** Schedules from a foreign thread without {@code callSoonThreadsafe} while the loop runs. */
  @Rule("3.6")
  @Hint(
      "Compare the calling thread with the loop's in each of the three methods, in debug mode or"
          + " not.")
  void foreignThreadsMayNotScheduleWhileTheLoopRuns() {
    EventLoop loop = fixture.loop();
    BackgroundLoop background = fixture.start();
    List<ThrowingRunnable<Exception>> ways =
        List.of(
            () -> loop.callSoon(trace.adding("callSoon")),
            () -> loop.callLater(Duration.ZERO, trace.adding("callLater")),
            () -> loop.callAt(loop.time(), trace.adding("callAt")));

    for (ThrowingRunnable<Exception> way : ways) {
      Expect.thrown(WrongThreadException.class, "scheduling from a foreign thread", way);
    }

    background.run(() -> {
      Asyncio.sleep(Duration.ofMillis(1));
      return true;
    });
    trace.expect("what runs of the refused callbacks");
  }

  /** Creates a task from a foreign thread while the loop runs. */
  @Rule("3.7")
  @Hint("Compare the calling thread with the loop's before the task is constructed.")
  void foreignThreadsMayNotCreateTasksWhileTheLoopRuns() {
    EventLoop loop = fixture.loop();
    fixture.start();

    Expect.thrown(
        WrongThreadException.class,
        "createTask from a foreign thread",
        () -> loop.createTask(() -> true));

    Expect.equal("the tasks after a refused createTask", Set.of(), loop.allTasks());
  }

  /** Schedules from another thread before the loop runs. */
  @Rule("3.8")
  @Hint("A loop that does not run must accept any thread.")
  void anyThreadMayScheduleWhileTheLoopDoesNotRun() throws InterruptedException {
    EventLoop loop = fixture.loop();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              try {
                loop.callSoon(trace.adding("callback"));
                loop.callLater(Duration.ZERO, trace.adding("timer"));
              } catch (Throwable refused) {
                thrown.set(refused);
              }
            });
    other.join();

    fixture.tick();

    Expect.equal("what scheduling on an idle loop throws", null, thrown.get());
    trace.expect("what runs", "callback", "timer");
  }

  /** Cancels a threadsafe callback from another thread before its turn. */
  @Rule("3.10")
  @Hint("The handle's state must be visible to all threads.")
  void aCallbackThatAnotherThreadCancelsDoesNotRun() throws InterruptedException {
    EventLoop loop = fixture.loop();
    Handle handle = loop.callSoonThreadsafe(trace.adding("cancelled"));
    loop.callSoonThreadsafe(trace.adding("after"));
    Thread other = Thread.ofPlatform().start(handle::cancel);
    other.join();

    fixture.tick();

    trace.expect("the callbacks that run", "after");
    Expect.that("a cancelled handle must say so", handle.isCancelled());
  }

  /** Cancels a threadsafe callback from another thread while it runs. */
  @Rule("3.11")
  @Hint("Run the callback under a lock that `cancel` takes.")
  void cancelReturnsOnlyWhenARunningCallbackHasEnded() throws InterruptedException {
    EventLoop loop = fixture.loop();
    fixture.start();
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean release = new AtomicBoolean();
    Handle handle =
        loop.callSoonThreadsafe(() -> {
          running.countDown();
          while (!release.get()) {
            Thread.onSpinWait();
          }
          trace.add("callback ends");
        });
    fixture.patience().await("the callback must run", running);
    Thread canceller =
        Thread.ofPlatform()
            .start(() -> {
              handle.cancel();
              trace.add("cancel returns");
            });
    try {
      fixture
          .patience()
          .during("cancel must not return while the callback runs", () -> trace.events().isEmpty());
    } finally {
      release.set(true);
      canceller.join();
    }

    trace.expect("the order of the ends", "callback ends", "cancel returns");
  }

  /** Cancels a threadsafe callback in itself. */
  @Rule("3.12")
  @Hint("The lock of 3.11 must be re-entrant.")
  void aThreadsafeCallbackMayCancelItself() {
    EventLoop loop = fixture.loop();
    AtomicReference<@Nullable Handle> own = new AtomicReference<>();
    own.set(
        loop.callSoonThreadsafe(() -> {
          Handle handle = own.get();
          if (handle != null) {
            handle.cancel();
          }
          trace.add("callback");
        }));

    fixture.tick();

    trace.expect("what runs", "callback");
  }

  /** Makes callbacks, timers and tasks count others that run at the same time. */
  @Rule("3.13")
  @Hint("Run all code of a loop on its one thread.")
  void callbacksAndStepsNeverRunAtTheSameTime() {
    EventLoop loop = fixture.loop();
    AtomicInteger inside = new AtomicInteger();
    ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
    Runnable alone =
        () -> {
          if (inside.incrementAndGet() != 1) {
            overlaps.add("overlap");
          }
          for (int spins = 0; spins < 20_000; spins++) {
            Thread.onSpinWait();
          }
          inside.decrementAndGet();
        };
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      loop.callSoon(alone);
      loop.callSoonThreadsafe(alone);
      loop.callLater(Duration.ofMillis(1), alone);
      tasks.add(loop.createTask(() -> stepAlone(alone)));
    }

    fixture.runTask(() -> tasks.forEach(Task::await));
    fixture.runTask(() -> Asyncio.sleep(Duration.ofMillis(2)));

    Expect.equal("the number of overlaps", 0, overlaps.size());
  }

  /** Schedules from another thread, with a context and without. */
  @Rule("3.14")
  @Hint("Copy the context of the calling thread, in the call.")
  void threadsafeCallbacksSeeTheCallersContext() {
    EventLoop loop = fixture.loop();
    fixture.start();
    AtomicReference<@Nullable Optional<String>> seen = new AtomicReference<>();
    Context given = Context.empty();
    CountDownLatch ran = new CountDownLatch(2);

    COLOUR.set("red");
    loop.callSoonThreadsafe(() -> {
      seen.set(COLOUR.value());
      ran.countDown();
    });
    loop.callSoonThreadsafe(
        () -> {
          COLOUR.set("green");
          ran.countDown();
        },
        given);

    fixture.patience().await("both callbacks must run", ran);
    Expect.equal("what the callback sees", Optional.of("red"), seen.get());
    Expect.equal("what the callback set", Optional.of("green"), given.get(COLOUR));
  }

  private static boolean stepAlone(Runnable alone) {
    for (int step = 0; step < 5; step++) {
      alone.run();
      Asyncio.sleep(Duration.ZERO);
    }
    return true;
  }

  /** Closes a loop that has accepted a callback. */
  @Rule("3.20")
  @Hint("Cancel the handles that are dropped.")
  void callbacksThatCloseDropsAreCancelled() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    Handle handle = loop.callSoonThreadsafe(trace.adding("callback"));
    Expect.that("a callback that waits must not be cancelled", !handle.isCancelled());

    loop.close();

    Expect.that("a callback that close drops must be cancelled", handle.isCancelled());
    Expect.equal("what has run", List.of(), trace.events());
  }
}
