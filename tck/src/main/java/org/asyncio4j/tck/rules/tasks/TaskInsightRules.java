package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 6, part two: the information about a task. */
final class TaskInsightRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  TaskInsightRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Creates tasks with and without a name, and renames one. */
  @Rule("6.20")
  @Hint("Take the name from the options; generate one from a counter otherwise.")
  void aTaskHasAName() {
    EventLoop loop = fixture.loop();
    AtomicReference<Optional<String>> inFirstStep = new AtomicReference<>(Optional.empty());
    Callable<Boolean> look =
        () -> {
          inFirstStep.set(loop.currentTask().map(Task::name));
          return true;
        };
    Task<Boolean> named = loop.createTask(look, TaskOptions.named("reader"));
    Task<Boolean> one = loop.createTask(() -> true);
    Task<Boolean> other = loop.createTask(() -> true);

    Expect.equal("the name of a task that was given one", "reader", named.name());
    Expect.that("two generated names must differ", !one.name().equals(other.name()));
    one.setName("writer");
    Expect.equal("the name of a task that was renamed", "writer", one.name());
    fixture.tick();
    Expect.equal("the name in the first step", Optional.of("reader"), inFirstStep.get());
  }

  /** Runs bodies in a given context and in a copy, across a suspension. */
  @Rule("6.21")
  @Hint("Run each step in the task's one context, copied in its constructor.")
  void aBodyRunsInItsContext() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    COLOUR.set("red");
    Callable<Boolean> body =
        () -> {
          trace.add(COLOUR.value().orElse("none"));
          COLOUR.set("blue");
          Asyncio.sleep(Duration.ZERO);
          trace.add(COLOUR.get());
          return true;
        };
    Task<Boolean> inCopy = loop.createTask(body);
    Task<Boolean> inGiven = loop.createTask(body, TaskOptions.defaults().withContext(given));
    COLOUR.set("green");

    fixture.tickUntilDone("the task", inCopy);
    fixture.tickUntilDone("the task", inGiven);

    trace.expect("what the bodies see", "red", "none", "blue", "blue");
    Expect.equal("what the body set in the given context", Optional.of("blue"), given.get(COLOUR));
    Expect.same("the context of the task", given, inGiven.context());
    Expect.equal("what the creator sees", "green", COLOUR.get());
  }

  /** Reads the stack of a task when it waits, when it has failed, and when it is done. */
  @Rule("6.22")
  @Hint("Use the coroutine while it is suspended, and the exception when it has failed.")
  void aTaskKnowsWhereItsBodyIs() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    Task<String> waits = loop.createTask(() -> waitHere(future));
    Task<String> fails = loop.createTask(() -> failHere("on purpose"));
    fixture.tick();

    expectFrame("the stack of a suspended task", waits, "waitHere");
    expectFrame("the stack of a failed task", fails, "failHere");
    Expect.that("the failure must be there", fails.exception().isPresent());

    future.setResult("value");
    fixture.tickUntilDone("the task", waits);
    Expect.equal("the stack of a task that has returned", List.of(), waits.stack());
  }

  private static String waitHere(Promise<String> future) {
    return future.await();
  }

  private static String failHere(String why) {
    throw new IllegalArgumentException(why);
  }

  private static void expectFrame(String what, Task<?> task, String method) {
    List<String> frames = task.stack().stream().map(StackTraceElement::getMethodName).toList();
    Expect.that(
        "%s must show %s (was %s)".formatted(what, method, frames), frames.contains(method));
  }
}
