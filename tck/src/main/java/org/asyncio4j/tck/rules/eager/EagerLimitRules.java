package org.asyncio4j.tck.rules.eager;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 15, part two: where an eager start works like any other, and where it does not apply. */
final class EagerLimitRules {

  private static final ContextVar<String> USER = ContextVar.named("user");
  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  EagerLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Creates an eager task before the loop runs. */
  @Rule("15.9")
  @Hint("Check whether the loop runs on this thread before the first step runs.")
  void withoutARunningLoopNothingStarts() {
    Task<Boolean> task = create(() -> note("body"), EAGER);

    trace.expect("what runs within createTask");
    Expect.that("the task must be in allTasks", fixture.loop().allTasks().contains(task));
    fixture.tick();

    trace.expect("what the first tick runs", "body");
  }

  /** Creates an eager task on a foreign thread while a task of the loop waits. */
  @Rule("15.10")
  @Hint("Refuse other threads before anything is changed.")
  void aForeignThreadIsRefused() {
    EventLoop loop = fixture.loop();
    BackgroundLoop background = fixture.start();
    Promise<String> release = background.call(loop::createFuture);
    Task<String> victim = background.call(() -> loop.createTask(release::await));

    Expect.thrown(
        WrongThreadException.class,
        "createTask with eagerStart on a foreign thread",
        () -> create(() -> note("body"), EAGER));

    trace.expect("what the refused task has run");
    Expect.equal(
        "the current task in a callback", Optional.empty(), background.call(loop::currentTask));
    background.perform(() -> release.setResult("unharmed"));
    Expect.equal("the result of the other task", "unharmed", background.run(victim::await));
  }

  /** Reads name and context in first steps. */
  @Rule("15.11")
  @Hint("Set everything before the first step runs.")
  void nameAndContextAreSetInTheFirstStep() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    fixture.runTask(() -> {
      USER.set("creator");
      Task<String> copies =
          create(
              () -> {
                String seen = loop.currentTask().orElseThrow().name() + " of " + USER.get();
                USER.set("copies");
                return seen;
              },
              EAGER.withName("named"));
      Expect.equal("name and context in the first step", "named of creator", copies.await());
      Expect.equal("what the creator sees afterwards", "creator", USER.get());
      Task<Boolean> uses =
          create(
              () -> {
                USER.set("uses");
                return true;
              },
              EAGER.withContext(given));
      boolean ignored = uses.await();
      Expect.equal("what was set in the given context", Optional.of("uses"), given.get(USER));
      Expect.equal("what the creator sees in the end", "creator", USER.get());
    });
  }

  /** Cancels a task in its first step, and its creator in another's. */
  @Rule("15.12")
  @Hint("Raise a request that comes while the body runs at its next await.")
  void aCancellationInAFirstStepIsNotLost() {
    EventLoop loop = fixture.loop();
    Promise<String> never = loop.createFuture();
    Promise<String> neverAgain = loop.createFuture();
    fixture.runTask(() -> {
      Task<String> itself =
          create(
              () -> {
                noteIfCancelled(loop.currentTask().orElseThrow(), "itself");
                return awaitCancelled(never);
              },
              EAGER);
      letRun(itself);
    });
    Task<String> creator =
        create(
            () -> {
              Task<?> own = loop.currentTask().orElseThrow();
              Task<Boolean> child = create(() -> noteIfCancelled(own, "creator"), EAGER);
              boolean ignored = child.await();
              return awaitCancelled(neverAgain);
            },
            TaskOptions.defaults());
    fixture.tickUntilDone("a creator that its child cancels", creator);

    trace.expect("the requests and what the bodies see", "itself", "seen", "creator", "seen");
    Expect.that("what was awaited must be cancelled", never.isCancelled());
    Expect.that("what the creator awaited must be cancelled", neverAgain.isCancelled());
  }

  /** Starts a body that blocks. */
  @Rule("15.13")
  @Hint("The coroutine must return control when its body parks, whatever has resumed it.")
  void aBodyThatBlocksLetsItsCreatorContinue() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
    CountDownLatch release = new CountDownLatch(1);
    fixture.runTask(() -> {
      Task<Boolean> blocks =
          create(
              () -> {
                trace.add("blocks");
                release.await();
                return note("continues");
              },
              EAGER);
      trace.add("creator");
      release.countDown();
      boolean ignored = blocks.await();
    });
    trace.expect("the order of the events", "blocks", "creator", "continues");
  }

  private boolean note(String event) {
    trace.add(event);
    return true;
  }

  private boolean noteIfCancelled(Task<?> task, String event) {
    boolean accepted = task.cancel();
    return accepted && note(event);
  }

  private String awaitCancelled(Promise<String> future) {
    try {
      return future.await();
    } catch (CancelledError error) {
      trace.add("seen");
      return "cancelled";
    }
  }

  private static void letRun(Task<?> task) {
    for (int turns = 0; turns < 20 && !task.isDone(); turns++) {
      Asyncio.sleep(Duration.ZERO);
    }
    Expect.that("a task that cancels itself must end", task.isDone());
  }

  private <T> Task<T> create(Callable<T> body, TaskOptions options) {
    return fixture.loop().createTask(body, options);
  }
}
