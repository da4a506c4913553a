package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.readiness.DriverProvider;

/** A loop that is correct until its methods, or those of what it makes, are decorated. */
public final class MutantLoop extends LinkedLoop {

  private final AtomicReference<Turn> shared = new AtomicReference<>();

  private MutantLoop(LoopContext context, Driver driver, Set<Capability> capabilities) {
    super(context, driver, capabilities);
  }

  /** Opens a loop without a defect. */
  public static MutantLoop correct(LoopContext context) {
    return open(context, Loops.NIO, Optional.empty(), _ -> {});
  }

  /** Opens a loop without a defect over another driver. */
  public static MutantLoop over(LoopContext context, Driver driver) {
    return new MutantLoop(context, driver, Loops.NIO.capabilities());
  }

  static MutantLoop open(
      LoopContext context,
      DriverProvider driver,
      Optional<Set<Capability>> capabilities,
      Consumer<MutantLoop> script) {
    MutantLoop loop =
        new MutantLoop(
            context,
            Loops.open(driver),
            capabilities.orElseGet(((EventLoopProvider) driver)::capabilities));
    script.accept(loop);
    return loop;
  }

  /** {@return another object that does what a correct one does} */
  public static <I> I wrapped(Class<I> type, I correct) {
    return new Decorated() {}.decorate(type, correct);
  }

  /** {@return whether a loop runs on the calling thread} */
  public static boolean onLoop() {
    try {
      return Asyncio.runningLoop() != null;
    } catch (IllegalStateException none) {
      return false;
    }
  }

  /** {@return whether the calling thread runs a callback} */
  public boolean inCallback() {
    return onLoop() && currentTask().isEmpty();
  }

  /** Does the work in another task, which continues when the current one is cancelled. */
  public <T> T ahead(Callable<T> work) throws Exception {
    return currentTask().isEmpty()
        ? work.call()
        : Asyncio.shield(createTask(work)).awaitThrowing(IOException.class);
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
    method.before(() -> {
      if (currentTask().isEmpty()) {
        throw new UnsupportedOperationException("not here");
      }
    });
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
  @SuppressWarnings("unchecked") // of a raw type
  public void promises(Consumer<FutureSeams> script) {
    createFuture.returns(correct -> {
      return Decorated.decorated(Promise.class, correct, new FutureSeams(), script);
    });
  }

  public MutantTask<Object> newTask(NewTask wanted) {
    return new MutantTask<>(this, wanted.body(), wanted.options());
  }

  /** Decorates each task. */
  public void tasks(Consumer<MutantTask<Object>> script) {
    createTask.around((_, wanted) -> {
      MutantTask<Object> task = newTask(wanted);
      script.accept(task);
      return task;
    });
  }

  /** Changes how the bodies of tasks run. */
  public void bodies(Running running) {
    createTask.given(wanted -> wanted.running(() -> running.call(wanted.body())));
  }

  /** How a body runs. */
  @FunctionalInterface
  public interface Running {
    Object call(Callable<Object> body) throws Exception;
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
  @SuppressWarnings("unchecked") // of a raw type
  public static Coroutine<Object> decorated(
      Coroutine<Object> correct, Consumer<CoroutineSeams> script) {
    return Decorated.decorated(Coroutine.class, correct, new CoroutineSeams(correct), script);
  }

  /** Decorates each task for its own body. */
  public void currentTasks(Consumer<CurrentTaskSeams> script) {
    Map<Task<?>, Task<?>> known = new ConcurrentHashMap<>();
    currentTask.returns(
        current -> current.map(task -> known.computeIfAbsent(task, it -> decorated(it, script))));
  }

  private static Task<?> decorated(Task<?> correct, Consumer<CurrentTaskSeams> script) {
    return Decorated.decorated(Task.class, correct, new CurrentTaskSeams(correct), script);
  }

  /** Decorates each executor that becomes the default one. */
  public void executors(Consumer<ExecutorSeams> script) {
    setDefaultExecutor.given(correct ->
        Decorated.decorated(ExecutorService.class, correct, new ExecutorSeams(), script));
  }

  /** {@return a future that does something before it is cancelled} */
  @SuppressWarnings("unchecked") // of a raw type
  public static Future<Object> cancelling(Future<Object> correct, Runnable first) {
    return Decorated.decorated(
        Future.class, correct, new FutureSeams(), it -> it.cancel.before(first::run));
  }

  // Callbacks

  /** Changes how the callbacks of {@code callSoon} run. */
  public void callbacks(Consumer<Runnable> running) {
    callSoon.given(callback -> {
      Objects.requireNonNull(callback, "callback");
      return () -> running.accept(callback);
    });
  }

  /** Decorates the handles of a method. */
  public <A> void handles(Seam<A, Handle> of, Consumer<HandleSeams> script) {
    of.returns(handle -> decorated(Handle.class, handle, (_, it) -> script.accept(it)));
  }

  /** Decorates the handles of timers. */
  public void timers(BiConsumer<TimerHandle, HandleSeams> script) {
    callAt.returns(timer -> decorated(TimerHandle.class, timer, script));
  }

  private static <H extends Handle> H decorated(
      Class<H> type, H handle, BiConsumer<H, HandleSeams> script) {
    return Decorated.decorated(type, handle, new HandleSeams(), it -> script.accept(handle, it));
  }

  // Turns

  /** {@return the turn that all objects of this loop share: the first one that was given} */
  public Turn shared(Turn first) {
    shared.compareAndSet(null, first);
    return shared.get();
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

  /** {@return a runnable that runs the step a tick later} */
  public Runnable aTickLate(Runnable step) {
    return () -> {
      Handle ignored = callSoon(step);
    };
  }
}
