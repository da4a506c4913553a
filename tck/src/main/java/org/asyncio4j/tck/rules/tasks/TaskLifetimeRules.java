package org.asyncio4j.tck.rules.tasks;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.ForeignTask;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.TaskHooks;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 5, part three: how tasks of third parties take part. Does not apply to loops that do not
 * extend {@code BaseEventLoop} and whose provider does not implement {@link TaskHooks}.
 */
final class TaskLifetimeRules {

  private final LoopFixture fixture;
  private final TaskHooks hooks;

  TaskLifetimeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.hooks = fixture.provider() instanceof TaskHooks own ? own : new TaskHooks() {};
  }

  /** Enters a task within another. */
  @Rule("5.5")
  @Hint("Refuse before the current task is replaced.")
  void enteringATaskWithinAnotherIsRefused() {
    EventLoop loop = loop();
    ForeignTask outer = new ForeignTask(loop, "outer");
    ForeignTask inner = new ForeignTask(loop, "inner");
    fixture.runCallback(() -> {
      hooks.enterTask(loop, outer);
      IllegalStateException refusal =
          Expect.thrown(
              IllegalStateException.class,
              "enterTask within a task",
              () -> hooks.enterTask(loop, inner));
      Expect.mentions("the refusal", refusal.getMessage(), "outer");
      Expect.mentions("the refusal", refusal.getMessage(), "inner");
      expectCurrent(loop, outer);
      hooks.leaveTask(loop, outer);
    });
  }

  /** Leaves a task that was not entered, with another task entered and with none. */
  @Rule("5.6")
  @Hint("Compare the task with the current one.")
  void leavingATaskThatIsNotCurrentIsRefused() {
    EventLoop loop = loop();
    ForeignTask entered = new ForeignTask(loop, "entered");
    ForeignTask other = new ForeignTask(loop, "other");
    fixture.runCallback(() -> {
      Expect.thrown(
          IllegalStateException.class,
          "leaveTask when none is entered",
          () -> hooks.leaveTask(loop, other));
      hooks.enterTask(loop, entered);
      Expect.thrown(
          IllegalStateException.class,
          "leaveTask of another task",
          () -> hooks.leaveTask(loop, other));
      expectCurrent(loop, entered);
      hooks.leaveTask(loop, entered);
    });
  }

  /** Enters and leaves a task. */
  @Rule("5.7")
  @Hint("`currentTask` must return the task that was passed to the hooks.")
  void anEnteredTaskIsCurrentUntilItIsLeft() {
    EventLoop loop = loop();
    ForeignTask task = new ForeignTask(loop, "foreign");
    fixture.runCallback(() -> {
      hooks.enterTask(loop, task);
      expectCurrent(loop, task);
      hooks.leaveTask(loop, task);
      Expect.equal("the current task after leaveTask", Optional.empty(), loop.currentTask());
    });
  }

  /** Registers tasks, finishes one and unregisters another. */
  @Rule("5.8")
  @Hint(
      "`allTasks` must return the tasks that were passed to the hooks, without those that are"
          + " done.")
  void aRegisteredTaskIsVisibleUntilItIsDoneOrUnregistered() {
    EventLoop loop = loop();
    ForeignTask finishes = new ForeignTask(loop, "finishes");
    ForeignTask leaves = new ForeignTask(loop, "leaves");
    hooks.registerTask(finishes);
    hooks.registerTask(leaves);
    Expect.equal("the registered tasks", Set.of(finishes, leaves), loop.allTasks());

    finishes.finish();
    Expect.equal("the tasks when one is done", Set.of(leaves), loop.allTasks());

    hooks.unregisterTask(leaves);
    Expect.equal("the tasks when one is unregistered", Set.of(), loop.allTasks());
    fixture.tick();
  }

  /** Registers a task twice, and unregisters it three times. */
  @Rule("5.9")
  @Hint("Keep the tasks in a set.")
  void registeringMayBeRepeated() {
    EventLoop loop = loop();
    ForeignTask task = new ForeignTask(loop, "foreign");

    hooks.unregisterTask(task);
    hooks.registerTask(task);
    hooks.registerTask(task);
    Expect.equal("the tasks after registering twice", Set.of(task), loop.allTasks());

    hooks.unregisterTask(task);
    Expect.equal("the tasks after unregistering once", Set.of(), loop.allTasks());
    hooks.unregisterTask(task);
  }

  /** Drops a registered task. */
  @Rule("5.13")
  @Hint("Refer to third-party tasks weakly.")
  void registeringDoesNotKeepATaskAlive() {
    EventLoop loop = loop();
    WeakReference<Object> task = registerForgottenTask(loop);

    fixture
        .patience()
        .untilCollected(
            "an unreachable registered task must be collected", () -> task.get() == null);

    Expect.equal("the tasks afterwards", Set.of(), loop.allTasks());
  }

  /** Enters and leaves on a foreign thread, while the loop does not run. */
  @Rule("5.15")
  @Hint("Check whether the loop runs on the calling thread.")
  void enteringOnAForeignThreadIsRefused() {
    EventLoop loop = loop();
    ForeignTask task = new ForeignTask(loop, "foreign");

    Expect.thrown(
        WrongThreadException.class,
        "enterTask on a foreign thread",
        () -> hooks.enterTask(loop, task));
    Expect.thrown(
        WrongThreadException.class,
        "swapCurrentTask on a foreign thread",
        () -> hooks.swapCurrentTask(loop, task));

    Expect.equal("the current task", Optional.empty(), loop.currentTask());
  }

  /** Swaps tasks in and out, with a current task and without. */
  @Rule("5.16")
  @Hint("`swapCurrentTask` must replace the task without a check, and return the previous one.")
  void swappingReturnsThePreviousTask() {
    EventLoop loop = loop();
    ForeignTask eager = new ForeignTask(loop, "eager");
    fixture.runTask(() -> {
      Optional<?> own = loop.currentTask();
      Optional<?> former = Optional.ofNullable(hooks.swapCurrentTask(loop, eager));
      Expect.equal("the former task", own, former);
      expectCurrent(loop, eager);
      Expect.same(
          "the task that was swapped in",
          eager,
          hooks.swapCurrentTask(loop, loop.allTasks().iterator().next()));
      Expect.equal("the current task after it was restored", own, loop.currentTask());
    });
    fixture.runCallback(() -> {
      Expect.equal("the former task in a callback", null, hooks.swapCurrentTask(loop, eager));
      Expect.same("the task swapped in", eager, hooks.swapCurrentTask(loop, null));
      Expect.equal("the current task afterwards", Optional.empty(), loop.currentTask());
    });
  }

  /** Registers a task as eager and as ordinary, and undoes one after the other. */
  @Rule("5.17")
  @Hint("Read eager tasks before ordinary ones, so that a task that changes sets is not missed.")
  void anEagerTaskIsVisible() {
    EventLoop loop = loop();
    ForeignTask task = new ForeignTask(loop, "eager");

    hooks.registerEagerTask(task);
    Expect.equal("the tasks with an eager one", Set.of(task), loop.allTasks());
    hooks.registerTask(task);
    hooks.unregisterEagerTask(task);
    Expect.equal("the tasks when it is an ordinary one", Set.of(task), loop.allTasks());
    hooks.unregisterTask(task);
    Expect.equal("the tasks when it is neither", Set.of(), loop.allTasks());
  }

  /**
   * Registers tasks that are equal, as ordinary and as eager tasks, and unregisters them in turn.
   */
  @Rule("5.30")
  @Hint("Distinguish tasks by identity, in each set of tasks.")
  void equalTasksAreDistinct() {
    EventLoop loop = loop();
    LookAlike first = new LookAlike(loop);
    LookAlike second = new LookAlike(loop);
    LookAlike eager = new LookAlike(loop);
    LookAlike alsoEager = new LookAlike(loop);
    hooks.registerTask(first);
    hooks.registerTask(second);
    hooks.registerEagerTask(eager);
    hooks.registerEagerTask(alsoEager);
    expectExactly(loop, first, second, eager, alsoEager);

    hooks.unregisterTask(first);
    hooks.unregisterEagerTask(eager);
    expectExactly(loop, second, alsoEager);

    hooks.unregisterTask(second);
    hooks.unregisterEagerTask(alsoEager);
    Expect.equal("the tasks when none is registered", Set.of(), loop.allTasks());
  }

  private static void expectExactly(EventLoop loop, LookAlike... expected) {
    List<Task<?>> found = List.copyOf(loop.allTasks());
    Expect.equal("the number of tasks that are equal", expected.length, found.size());
    for (LookAlike task : expected) {
      Expect.that(
          "each of several equal tasks must be there",
          found.stream().anyMatch(other -> other == task));
    }
  }

  /** A task that is equal to any other of its class. */
  private static final class LookAlike extends ForeignTask {

    LookAlike(EventLoop loop) {
      super(loop, "look-alike");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof LookAlike;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private EventLoop loop() {
    EventLoop loop = fixture.loop();
    if (!(loop instanceof BaseEventLoop) && !(fixture.provider() instanceof TaskHooks)) {
      throw fixture.notApplicable(
          "the loop neither extends BaseEventLoop nor has hooks of its own");
    }
    return loop;
  }

  private static void expectCurrent(EventLoop loop, ForeignTask task) {
    Expect.equal("the current task", Optional.of(task), loop.currentTask());
  }

  // In a separate method, so that no local variable holds the task.
  private WeakReference<Object> registerForgottenTask(EventLoop loop) {
    ForeignTask task = new ForeignTask(loop, "forgotten");
    hooks.registerTask(task);
    return new WeakReference<>(task);
  }
}
