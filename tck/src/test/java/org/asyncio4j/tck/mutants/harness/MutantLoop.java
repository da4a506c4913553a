package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.driver.Driver;

/** A loop that is correct until its methods, or those of what it makes, are decorated. */
public final class MutantLoop extends LinkedLoop {

  private final Turn turn;

  private MutantLoop(LoopContext context, Driver driver, Set<Capability> capabilities, Turn turn) {
    super(context, driver, capabilities);
    this.turn = turn;
  }

  /** Opens a loop without a defect. */
  public static MutantLoop correct(LoopContext context) {
    return over(context, Loops.open(Loops.NIO));
  }

  /** Opens a loop without a defect over another driver. */
  public static MutantLoop over(LoopContext context, Driver driver) {
    return open(context, driver, Loops.NIO.capabilities(), Turn.always());
  }

  static MutantLoop open(
      LoopContext context, Driver driver, Set<Capability> capabilities, Turn turn) {
    return new MutantLoop(context, driver, capabilities, turn);
  }

  /** {@return when it is the turn of the defect, for all objects of this loop together} */
  public Turn turn() {
    return turn;
  }

  /** {@return another object that does what a correct one does} */
  public static <I> I wrapped(Class<I> type, I correct) {
    return new Decorated<I>() {}.decorate(type, correct);
  }

  /** {@return whether a loop runs on the calling thread} */
  public static boolean onLoop() {
    try {
      return Asyncio.runningLoop() != null;
    } catch (IllegalStateException none) {
      return false;
    }
  }

  /** {@return whether the calling thread is foreign to this loop, which runs} */
  public boolean isForeign() {
    return isRunning() && !onLoop();
  }

  /** {@return whether the calling thread runs a callback} */
  public boolean inCallback() {
    return onLoop() && currentTask().isEmpty();
  }

  /** {@return whether the current task is asked to end} */
  public boolean isCancelling() {
    return currentTask().filter(task -> task.cancelling() > 0).isPresent();
  }

  /** Does the work in another task, which continues when the current one is cancelled. */
  public <T> T ahead(Callable<T> work) throws Exception {
    return currentTask().isEmpty()
        ? work.call()
        : Asyncio.shield(createTask(work)).awaitThrowing(IOException.class);
  }

  /** Reports a failure to the exception handler. */
  public void report(String message, Throwable failure) {
    callExceptionHandler(ErrorReport.of(message).withException(failure));
  }

  /** Makes the current task wait for ever. */
  public static void waitForEver() {
    Object ignored = Asyncio.runningLoop().createFuture().await();
  }

  /** Completes a promise if it is not done. */
  public static void complete(Promise<?> promise) {
    if (!promise.isDone()) {
      promise.setResult(null);
    }
  }

  /** Completes a promise as a future is done, unless it is done already. */
  public static <T> void copy(Future<? extends T> done, Promise<T> to) {
    if (to.isDone()) {
      return;
    }
    if (done.isCancelled()) {
      to.cancel();
    } else if (done.exception().isPresent()) {
      to.setException(done.exception().get());
    } else {
      to.setResult(done.result());
    }
  }

  /** Refuses calls outside tasks with the wrong exception. */
  public void refuseCallbacks(Seam<?, ?> method) {
    method.refuse(_ -> currentTask().isEmpty(), _ -> new UnsupportedOperationException("not here"));
  }

  // Futures and tasks

  public MutantFuture<Object> newFuture() {
    return new MutantFuture<>(this);
  }

  /** Decorates each future that {@code createFuture} makes. */
  public void futures(Consumer<MutantFuture<Object>> script) {
    createFuture.around((_, _) -> {
      MutantFuture<Object> future = newFuture();
      script.accept(future);
      return future;
    });
  }

  /** Decorates each future for the caller of {@code createFuture}. */
  public void promises(Consumer<FutureSeams> script) {
    createFuture.returns(
        correct -> Decorated.decorated(this, Promise.class, correct, new FutureSeams(), script));
  }

  /** Decorates each task. */
  public void tasks(Consumer<MutantTask<Object>> script) {
    createTask.around((_, wanted) -> {
      MutantTask<Object> task = new MutantTask<>(this, wanted.body(), wanted.options());
      script.accept(task);
      return task;
    });
  }

  /** Changes the options of tasks. */
  public void options(UnaryOperator<TaskOptions> change) {
    createTask.given(wanted -> wanted.with(change.apply(wanted.options())));
  }

  /** Decorates each task for the caller of {@code createTask}. */
  @SuppressWarnings("unchecked") // of a raw type
  public void shownTasks(Consumer<CurrentTaskSeams> script) {
    createTask.returns(task -> (Task<Object>) decorated(task, script));
  }

  /** Decorates each coroutine. */
  public void coroutines(Consumer<CoroutineSeams> script) {
    newCoroutine.returns(correct -> decorated(correct, script));
  }

  /** {@return a decorated coroutine} */
  public Coroutine<Object> decorated(Coroutine<Object> correct, Consumer<CoroutineSeams> script) {
    return Decorated.decorated(this, Coroutine.class, correct, new CoroutineSeams(), script);
  }

  /** Decorates each task for its own body. */
  public void currentTasks(Consumer<CurrentTaskSeams> script) {
    Map<Task<?>, Task<?>> known = new ConcurrentHashMap<>();
    currentTask.returns(
        current -> current.map(task -> known.computeIfAbsent(task, it -> decorated(it, script))));
  }

  private Task<?> decorated(Task<?> correct, Consumer<CurrentTaskSeams> script) {
    return Decorated.decorated(this, Task.class, correct, new CurrentTaskSeams(), script);
  }

  /** Decorates each executor that becomes the default one. */
  public void executors(Consumer<ExecutorSeams> script) {
    setDefaultExecutor.given(correct ->
        Decorated.decorated(this, ExecutorService.class, correct, new ExecutorSeams(), script));
  }

  /** {@return a future that does something before it is cancelled} */
  public Future<Object> cancelling(Future<Object> correct, Runnable first) {
    return Decorated.decorated(
        this, Future.class, correct, new FutureSeams(), it -> it.cancel.before(_ -> first.run()));
  }

  // Callbacks

  /** {@return the runs of the callbacks of {@code callSoon}} */
  public Seam<Void, Void> callbacks() {
    Seam<Void, Void> run = new Seam<>();
    callSoon.given(callback -> {
      Objects.requireNonNull(callback, "callback");
      return () -> run.accept(null, _ -> callback.run());
    });
    return run;
  }

  /** Decorates the handles of a method. */
  public <A> void handles(Seam<A, Handle> of, Consumer<HandleSeams<Handle>> script) {
    of.returns(
        handle -> Decorated.decorated(this, Handle.class, handle, new HandleSeams<>(), script));
  }

  /** Decorates the handles of timers. */
  public void timers(Consumer<HandleSeams<TimerHandle>> script) {
    callAt.returns(
        timer -> Decorated.decorated(this, TimerHandle.class, timer, new HandleSeams<>(), script));
  }

  // Ticks

  /** {@return how many ticks have begun; not each of them polls} */
  public long ticks() {
    return statistics().ticks();
  }

  /** {@return a flag that is cleared when the next tick begins} */
  public Flag ofThisTick() {
    return new Flag(this::ticks);
  }

  /** {@return a runnable that runs the step at most once in each tick} */
  public Runnable oncePerTick(Runnable step) {
    Flag done = ofThisTick();
    return () -> {
      if (!done.isSet()) {
        done.set();
        step.run();
      }
    };
  }

  /** Keeps itself busy as long as something lasts. */
  public void spin(Predicate<Object> lasting) {
    if (lasting.test(this)) {
      Handle ignored = callSoon(() -> spin(lasting));
    }
  }

  /** {@return a runnable that runs the step a tick later} */
  public Runnable aTickLate(Runnable step) {
    return () -> {
      Handle ignored = callSoon(step);
    };
  }

  /** {@return a runnable that runs the step two ticks later} */
  public Runnable twoTicksLate(Runnable step) {
    return aTickLate(aTickLate(step));
  }
}
