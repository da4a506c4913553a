package org.asyncio4j.tck.rules.tasks;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 5, part one: the set of all tasks. */
final class TaskVisibilityRules {

  private static final int CHURN = 500;

  private final LoopFixture fixture;

  TaskVisibilityRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Reads {@code allTasks} right after a task was created. */
  @Rule("5.1")
  @Hint("Register the task in its constructor.")
  void aNewTaskIsVisibleBeforeItsFirstStep() {
    EventLoop loop = fixture.loop();

    Task<Boolean> task = loop.createTask(() -> true);

    Expect.equal("the tasks after createTask", Set.of(task), loop.allTasks());
    fixture.tickUntilDone("the task", task);
    Expect.equal("the tasks when it is done", Set.of(), loop.allTasks());
  }

  /** Reads {@code allTasks} in a done callback. */
  @Rule("5.2")
  @Hint("Unregister the task before its callbacks are scheduled, and always leave it.")
  void aTaskIsNotVisibleInItsDoneCallback() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    Task<Boolean> task = loop.createTask(() -> true);
    task.addDoneCallback(done -> {
      trace.add("all " + loop.allTasks().contains(task));
      trace.add("current " + loop.currentTask());
    });

    fixture.tick();
    fixture.tick();

    trace.expect("what the done callback sees", "all false", "current Optional.empty");
  }

  /** Creates a task on each of two loops. */
  @Rule("5.10")
  @Hint("Keep the tasks in the loop, or check `task.loop()`.")
  void aLoopShowsItsOwnTasksOnly() {
    EventLoop loop = fixture.loop();
    EventLoop other = fixture.openLoop();
    Task<Boolean> own = loop.createTask(() -> true);
    Task<Boolean> others = other.createTask(() -> true);

    Expect.equal("the tasks of one loop", Set.of(own), loop.allTasks());
    Expect.equal("the tasks of the other loop", Set.of(others), other.allTasks());

    loop.runUntilComplete(own);
    other.runUntilComplete(others);
  }

  /** Changes the result of {@code allTasks}. */
  @Rule("5.11")
  @Hint("Return a new set from each call.")
  void allTasksIsASnapshot() {
    EventLoop loop = fixture.loop();
    Task<Boolean> first = loop.createTask(() -> true);
    Set<Task<?>> snapshot = loop.allTasks();

    Task<Boolean> second = loop.createTask(() -> true);
    Expect.equal("a snapshot after another task was created", Set.of(first), snapshot);
    snapshot.remove(first);
    Expect.equal(
        "the tasks after the snapshot was changed", Set.of(first, second), loop.allTasks());

    fixture.tickUntilDone("the task", second);
  }

  /** Reads {@code allTasks} from another thread while hundreds of tasks start and end. */
  @Rule("5.12")
  @Hint("A snapshot of a set must neither throw nor skip tasks when the set changes.")
  void allTasksMayBeCalledFromAnyThread() {
    EventLoop loop = fixture.loop();
    Promise<Boolean> release = loop.createFuture();
    Task<Boolean> stable = loop.createTask(release::await);
    Task<Boolean> churn = loop.createTask(() -> churn(loop));
    BackgroundLoop background = fixture.start();

    int looks = 0;
    while (!churn.isDone() || looks == 0) {
      Set<Task<?>> seen = loop.allTasks();
      Expect.that("allTasks must contain a task that stays", seen.contains(stable));
      looks++;
    }

    background.call(() -> {
      release.setResult(true);
      return true;
    });
    fixture.patience().until("all tasks must be done", () -> loop.allTasks().isEmpty());
  }

  /** Creates a task that waits for a future, without keeping a reference to either. */
  @Rule("5.14")
  @Hint("Refer to unfinished tasks strongly.")
  void theLoopKeepsItsPendingTasksAlive() {
    EventLoop loop = fixture.loop();
    WeakReference<Task<?>> task = createForgottenTask(loop);
    fixture.tick();

    for (int collections = 0; collections < 3; collections++) {
      System.gc();
      fixture.tick();
    }

    Task<?> kept = task.get();
    Expect.that("a pending task must be kept alive by its loop", kept != null);
    Expect.equal("the tasks of the loop", 1, loop.allTasks().size());
    loop.allTasks().forEach(Task::cancel);
    for (int ticks = 0; ticks < 10 && !loop.allTasks().isEmpty(); ticks++) {
      fixture.tick();
    }
  }

  /** Sets a factory, creates a task with it, and removes it again. */
  @Rule("5.20")
  @Hint("Call the factory in `createTask`, with all options, and return its result.")
  void aTaskFactoryMakesTheTasks() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    TaskFactory factory =
        new TaskFactory() {
          @Override
          public <T extends @Nullable Object> Task<T> createTask(
              EventLoop of, Callable<? extends T> body, TaskOptions options) {
            of.setTaskFactory(null);
            trace.add(options.name().orElse("no name"));
            Task<T> task = of.createTask(body, options);
            task.setName("made by the factory");
            return task;
          }
        };
    loop.setTaskFactory(factory);
    Expect.equal("the task factory", Optional.of(factory), loop.taskFactory());

    Task<String> made = loop.createTask(() -> "value", TaskOptions.named("asked for"));

    trace.expect("the names that the factory was given", "asked for");
    Expect.equal("the name of the task", "made by the factory", made.name());
    Expect.equal("the value of the task", "value", loop.runUntilComplete(made));
  }

  private static boolean churn(EventLoop loop) {
    for (int round = 0; round < CHURN; round++) {
      List<Task<Boolean>> children = new ArrayList<>();
      for (int child = 0; child < 4; child++) {
        children.add(
            loop.createTask(() -> {
              Asyncio.sleep(Duration.ZERO);
              return true;
            }));
      }
      children.forEach(Task::await);
    }
    return true;
  }

  // In a separate method, so that no local variable holds the task.
  private static WeakReference<Task<?>> createForgottenTask(EventLoop loop) {
    Callable<String> body =
        () -> {
          Promise<String> never = loop.createFuture();
          return never.await();
        };
    return new WeakReference<>(loop.createTask(body));
  }
}
