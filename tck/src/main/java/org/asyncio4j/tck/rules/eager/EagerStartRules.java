package org.asyncio4j.tck.rules.eager;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 15, part one: the effects of an eager start. */
final class EagerStartRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  EagerStartRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Creates an eager task in a task. */
  @Rule("15.1")
  @Hint("Run the first step in the constructor if the loop runs on this thread.")
  void aTaskStartsAnotherAtOnce() {
    fixture.runTask(() -> {
      Task<String> eager = eager(() -> note("body"));
      trace.add("creator");

      trace.expect("what createTask runs", "body", "creator");
      Expect.that("a body that never waits must be done at once", eager.isDone());
      Expect.equal("its result", "body", eager.result());
    });
  }

  /** Creates an eager task in a callback. */
  @Rule("15.2")
  @Hint("An eager start needs no current task.")
  void aCallbackStartsATaskAtOnce() {
    fixture.runCallback(() -> {
      Task<String> eager = eager(() -> note("body"));
      trace.add("callback");

      trace.expect("what createTask runs", "body", "callback");
      Expect.that("a body that never waits must be done at once", eager.isDone());
    });
  }

  /** Reads the current task within and after eager starts, in a task and in a callback. */
  @Rule("15.3")
  @Hint("Swap the current task, and swap it back.")
  void theEagerTaskIsCurrentInItsFirstStepOnly() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Optional<Task<?>> own = loop.currentTask();
      Task<Optional<Task<?>>> eager = eager(loop::currentTask);
      Expect.equal("the current task afterwards", own, loop.currentTask());
      Expect.equal("the current task in the first step", Optional.of(eager), eager.await());
    });
    fixture.runCallback(() -> {
      Task<Optional<Task<?>>> eager = eager(loop::currentTask);
      Expect.equal("no task in a callback", Optional.empty(), loop.currentTask());
      if (eager.isDone()) {
        Expect.equal("the current task in the first step", Optional.of(eager), eager.result());
      }
    });
    fixture.tick();
  }

  /** Starts a body that throws. */
  @Rule("15.4")
  @Hint("Swap the current task back in a `finally` block.")
  void aFirstStepThatThrowsLeavesTheCreatorCurrent() {
    EventLoop loop = fixture.loop();
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    fixture.runTask(() -> {
      Optional<Task<?>> own = loop.currentTask();
      Task<String> eager =
          eager(() -> {
            throw failure;
          });
      Expect.equal("the current task afterwards", own, loop.currentTask());
      Asyncio.sleep(Duration.ZERO);
      Expect.same("the exception of the new task", failure, eager.exception().orElse(null));
    });
  }

  /** Starts a task that starts a task. */
  @Rule("15.5")
  @Hint("Restore the task that was current before, not the one that the loop started.")
  void eagerStartsNest() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Task<String> child =
          create(
              () -> {
                Task<String> grandchild = create(() -> currentName(loop), "grandchild");
                return currentName(loop) + " of " + grandchild.await();
              },
              "child");
      Expect.equal("who was current in each", "child of grandchild", child.await());
    });
  }

  /** Reads {@code allTasks} in and after the first step of a task that ends in it. */
  @Rule("15.6")
  @Hint("Register the task as eager while its first step runs.")
  void anEagerTaskIsVisibleWhileItRuns() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Set<Task<?>> own = loop.allTasks();
      Task<Set<Task<?>>> eager = eager(loop::allTasks);
      Asyncio.sleep(Duration.ZERO);
      Expect.that("a task must be in allTasks in its first step", eager.result().contains(eager));
      Expect.equal("the tasks when it has ended", own, loop.allTasks());
    });
  }

  /** Starts a task that waits. */
  @Rule("15.7")
  @Hint("Register a task that is not done when its first step ends.")
  void aTaskThatWaitsBecomesAnOrdinaryTask() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Promise<String> future = loop.createFuture();
      Task<String> eager = eager(future::await);
      Expect.that("a task that waits must not be done", !eager.isDone());
      Expect.that("it must be in allTasks", loop.allTasks().contains(eager));
      future.setResult("value");
      Expect.equal("its result", "value", eager.await());
      Expect.that("a done task must not be in allTasks", !loop.allTasks().contains(eager));
    });
  }

  /** Adds a done-callback in a first step that ends the task. */
  @Rule("15.8")
  @Hint("Completing a task must schedule the callbacks with `callSoon`.")
  void doneCallbacksRunLater() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Task<String> eager =
          eager(() -> {
            loop.currentTask().orElseThrow().addDoneCallback(_ -> note("callback"));
            return note("body");
          });
      trace.add("creator");
      Expect.equal("its result", "body", eager.await());
      Asyncio.sleep(Duration.ZERO);
      Asyncio.sleep(Duration.ZERO);
    });
    trace.expect("the order of the events", "body", "creator", "callback");
  }

  private String note(String event) {
    trace.add(event);
    return event;
  }

  private <T> Task<T> eager(Callable<T> body) {
    return fixture.loop().createTask(body, TaskOptions.defaults().withEagerStart(true));
  }

  private Task<String> create(Callable<String> body, String name) {
    return fixture.loop().createTask(body, TaskOptions.named(name).withEagerStart(true));
  }

  private static String currentName(EventLoop loop) {
    return loop.currentTask().map(Task::name).orElse("absent");
  }
}
