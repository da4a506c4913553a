package org.asyncio4j.tck.rules.limits;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 13, part three: groups of tasks. */
final class GroupRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  GroupRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Makes a child fail while another and the body wait. */
  @Rule("13.12")
  @Hint("Call the done callbacks of a failed task, and let a callback cancel a task that waits.")
  void aChildThatFailsEndsTheGroup() {
    Promise<String> never = newFuture();
    Promise<String> inBody = newFuture();
    IllegalStateException failure = new IllegalStateException("of a child");
    Task<String> task =
        create(() ->
            TaskGroup.call(group -> {
              group.createTask(() -> never.await());
              group.createTask(() -> fail(failure));
              return inBody.await();
            }));

    fixture.tickUntilDone("a task whose group fails", task);

    Expect.that("the other child must be cancelled", never.isCancelled());
    Expect.that("the body must be cancelled where it waits", inBody.isCancelled());
    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.same("what the group throws", failure, task.exception().orElse(null));
    Expect.equal("the requests that are left", 0, task.cancelling());
  }

  /** Cancels a task that waits for a child, which cleans up. */
  @Rule("13.13")
  @Hint("Allow a task to cancel another one in a step.")
  void cancellingTheTaskOfAGroupCancelsTheChildren() {
    Promise<String> never = newFuture();
    Promise<String> cleanUp = newFuture();
    Task<String> task =
        create(() ->
            TaskGroup.call(group -> {
              group.createTask(() -> {
                try {
                  return never.await();
                } finally {
                  trace.add(cleanUp.await());
                }
              });
              return "value";
            }));
    fixture.tick();
    fixture.tick();

    task.cancel();
    fixture.tick();
    fixture.tick();
    fixture.tick();
    Expect.that("the child must be cancelled", never.isCancelled());
    Expect.that("a group must not end before its children", !task.isDone());
    cleanUp.setResult("clean");
    fixture.tickUntilDone("a task that is cancelled", task);

    trace.expect("what the child does", "clean");
    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /** Makes a child fail because it is cancelled. */
  @Rule("13.14")
  @Hint("A running task that cancels itself must see the cancellation at its next await, rule 6.9.")
  void aFailureTakesPrecedenceOverACancellationThatIsSeenNext() {
    Promise<String> never = newFuture();
    Promise<String> next = newFuture();
    IllegalStateException failure = new IllegalStateException("of a child");
    Task<String> task =
        create(() -> {
          IllegalStateException thrown =
              Expect.thrown(
                  IllegalStateException.class,
                  "a group with a child that fails",
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> failWhenCancelled(never, failure));
                      }));
          Expect.same("what the group throws", failure, thrown);
          trace.add("the failure");
          return next.await();
        });
    fixture.tick();
    fixture.tick();

    task.cancel();
    fixture.tickUntilDone("a task that is cancelled", task);

    trace.expect("what the task sees", "the failure");
    Expect.that("the task must be cancelled at its next await", next.isCancelled());
    Expect.that("the task must be cancelled", task.isCancelled());
    Expect.equal("the requests that are left", 1, task.cancelling());
  }

  /** Makes two children fail in the same tick, and a third one later. */
  @Rule("13.15")
  @Hint("Call done callbacks in the order in which the tasks have ended.")
  void laterFailuresAreSuppressedInTheFirst() {
    Promise<String> never = newFuture();
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second");
    IllegalStateException third = new IllegalStateException("third");
    Task<String> task =
        create(() ->
            TaskGroup.call(group -> {
              group.createTask(() -> failWhenCancelled(never, third));
              group.createTask(() -> fail(first));
              group.createTask(() -> fail(second));
              return "value";
            }));

    fixture.tickUntilDone("a task whose group fails", task);

    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.same("what the group throws", first, task.exception().orElse(null));
    Expect.equal(
        "what the first failure suppresses",
        List.of(second, third),
        List.of(first.getSuppressed()));
  }

  /** Cancels a child. */
  @Rule("13.16")
  @Hint("`isCancelled` must distinguish a cancelled task from a failed one.")
  void aChildThatIsCancelledIsNoFailure() {
    Promise<String> never = newFuture();
    Promise<String> later = newFuture();
    Task<String> task =
        create(() ->
            TaskGroup.call(group -> {
              group.createTask(() -> never.await());
              return group.createTask(() -> later.await()).await();
            }));
    fixture.tick();
    fixture.tick();

    never.cancel();
    fixture.tick();
    fixture.tick();
    Expect.that("the other child must not be cancelled", !later.isDone());
    later.setResult("value");
    fixture.tickUntilDone("the task", task);

    Expect.equal("the result of the group", "value", task.result());
  }

  /** Reads {@code awaitedBy} of a child. */
  @Rule("13.17")
  @Hint("Read the awaiter of each done callback that is an `AwaitingCallback`.")
  void aChildIsAwaitedByTheTaskOfItsGroup() {
    Task<String> task =
        create(() ->
            TaskGroup.call(group -> {
              Task<String> child =
                  group.createTask(() -> {
                    Asyncio.sleep(Duration.ZERO);
                    return "value";
                  });
              Task<?> own = Asyncio.currentTask().orElseThrow();
              Expect.equal("who waits for the child", List.of(own), child.awaitedBy());
              return "value";
            }));

    fixture.tickUntilDone("the task", task);

    Expect.equal("the result of the group", "value", task.result());
  }

  private Task<String> create(Callable<String> body) {
    return fixture.loop().createTask(body);
  }

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }

  private static String fail(RuntimeException failure) {
    throw failure;
  }

  private static String failWhenCancelled(Promise<String> never, RuntimeException failure) {
    try {
      return never.await();
    } catch (CancelledError cancelled) {
      throw failure;
    }
  }
}
