package org.asyncio4j.tck.rules.eager;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.CallGraph;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 15, part three: which task waits for which. */
final class CallGraphRules {

  private final LoopFixture fixture;

  CallGraphRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Makes two tasks await a future. */
  @Rule("15.14")
  @Hint("A future must know the tasks that it wakes.")
  void aFutureNamesTheTasksThatAwaitIt() {
    Promise<String> future = fixture.loop().createFuture();
    Task<String> first = create(() -> waitHere(future));
    Task<String> second = create(() -> waitHere(future));
    fixture.tick();

    Expect.equal("who awaits the future", List.of(first, second), future.awaitedBy());

    future.setResult("value");
    fixture.tick();
  }

  /** Adds and removes callbacks that name an awaiter, and one that does not. */
  @Rule("15.15")
  @Hint("Query the callbacks that are an `AwaitingCallback`.")
  void aFutureNamesTheAwaitersOfItsCallbacks() {
    Promise<String> future = fixture.loop().createFuture();
    Promise<String> outer = fixture.loop().createFuture();
    Edge<String> edge = new Edge<>(outer);
    future.addDoneCallback(_ -> {});
    future.addDoneCallback(edge);
    Expect.equal("the awaiters", List.of(outer), future.awaitedBy());

    Expect.equal("how many were removed", 1, future.removeDoneCallback(edge));

    Expect.equal("the awaiters when the callback is removed", List.of(), future.awaitedBy());
  }

  /** Completes futures that are awaited. */
  @Rule("15.16")
  @Hint("Release the callbacks when they are scheduled.")
  void aDoneFutureHasNoAwaiters() {
    Promise<String> future = fixture.loop().createFuture();
    Task<String> task = create(() -> waitHere(future));
    fixture.tick();

    future.setResult("value");

    Expect.equal("who awaits a done future", List.of(), future.awaitedBy());
    fixture.tickUntilDone("the task", task);
  }

  /** Makes a task await a task that awaits a future. */
  @Rule("15.17")
  @Hint("Tasks are futures, too; check their `awaitedBy` and `stack`.")
  void theGraphLeadsThroughAllTasks() {
    Promise<String> future = fixture.loop().createFuture();
    Task<String> inner = create(() -> waitHere(future));
    Task<String> outer = create(() -> waitHere(inner));
    fixture.tick();

    CallGraph graph = CallGraph.capture(future);

    CallGraph ofInner = onlyAwaiter(graph);
    Expect.same("who awaits the future", inner, ofInner.future());
    expectWaitsHere(ofInner);
    CallGraph ofOuter = onlyAwaiter(ofInner);
    Expect.same("who awaits the inner task", outer, ofOuter.future());
    expectWaitsHere(ofOuter);
    Expect.equal("who awaits the outer task", List.of(), ofOuter.awaitedBy());
    future.setResult("value");
    fixture.tickUntilDone("the outer task", outer);
  }

  /** Makes a task await a future that waits for the task. */
  @Rule("15.18")
  @Hint("See 15.15, which holds for tasks, too.")
  void aCycleIsShown() {
    Promise<String> future = fixture.loop().createFuture();
    Task<String> task = create(() -> waitHere(future));
    task.addDoneCallback(new Edge<>(future));
    fixture.tick();

    CallGraph graph = CallGraph.capture(future);

    CallGraph ofTask = onlyAwaiter(graph);
    Expect.same("who awaits the future", task, ofTask.future());
    Expect.that("the first time is no circle", !ofTask.cycle());
    CallGraph end = onlyAwaiter(ofTask);
    Expect.same("who awaits the task", future, end.future());
    Expect.that("the second time must be marked as a circle", end.cycle());
    future.setResult("value");
    fixture.tickUntilDone("the task", task);
  }

  /** Makes a task read its own call graph. */
  @Rule("15.19")
  @Hint("`stack` of the current task must return its current position.")
  void theCurrentTaskSeesItself() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Optional<Task<?>> own = loop.currentTask();
      CallGraph graph = askHere().orElseThrow();
      Expect.equal("whose graph it is", own, Optional.of(graph.future()));
      Expect.equal("the frame that asks", "askHere", innermost(graph));
    });
  }

  private Task<String> create(Callable<String> body) {
    return fixture.loop().createTask(body);
  }

  private static String waitHere(Future<String> future) {
    return future.await();
  }

  private static Optional<CallGraph> askHere() {
    return CallGraph.capture();
  }

  private static CallGraph onlyAwaiter(CallGraph graph) {
    Expect.equal("how many await " + graph.future(), 1, graph.awaitedBy().size());
    return graph.awaitedBy().getFirst();
  }

  private static void expectWaitsHere(CallGraph graph) {
    List<String> methods = graph.stack().stream().map(StackTraceElement::getMethodName).toList();
    Expect.that("the stack must show where the body waits", methods.contains("waitHere"));
  }

  private static String innermost(CallGraph graph) {
    return graph.stack().isEmpty() ? "none" : graph.stack().getFirst().getMethodName();
  }

  /** Declares that a future waits for another, and does nothing else. */
  private record Edge<T>(Future<?> awaiter) implements AwaitingCallback<T> {

    @Override
    public void accept(Future<T> done) {}
  }
}
