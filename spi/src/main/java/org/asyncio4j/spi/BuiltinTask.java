package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.internal.bootstrap.PassesCancellation;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * The task of the built-in loops, which any loop may use that extends {@link BaseEventLoop}
 * (asyncio, {@code Task}).
 *
 * <p>At any time, the task is in one of five states: it waits for a future, its next step is
 * scheduled, it runs, its body is parked in a blocking call, or it is done.
 *
 * @param <T> the type of the body's result
 */
public class BuiltinTask<T extends @Nullable Object> extends CancellableTask<T> {

  private final Coroutine<T> coroutine;
  private final boolean carried;
  private final Step step = new Step();

  private @Nullable Future<?> waitingFor;
  private @Nullable Throwable toRaise;
  private boolean foreignToldOfCancellation;

  /**
   * Creates a task, registers it and schedules its first step.
   *
   * <p>With {@link TaskOptions#eagerStart()}, on the thread of the running loop, this constructor
   * takes the first step instead and registers the task only if it is not done afterwards. Methods
   * of a subclass may then be called before its constructor continues, so the subclass must set its
   * fields before it calls {@code super}. If the creator cannot be suspended because native code or
   * a class initialiser is on its stack, or if too many eager starts are nested, the first step is
   * scheduled as usual.
   *
   * @param loop the loop that the task belongs to
   * @param body the code to run
   * @param options the name, the context and other settings
   * @throws IllegalStateException if the loop is closed; nothing is registered then
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  @SuppressWarnings("this-escape") // all fields are set, and the Javadoc warns subclasses
  public BuiltinTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    super(loop, options);
    requireNonNull(body, "body");
    Coroutine<T> made = loop.newCoroutine(name(), body, parking());
    if (made instanceof Fiber<T> fiber) {
      fiber.setContext(context());
    }
    this.coroutine = made;
    this.carried = core().carries(made);
    if (options.eagerStart() && core().mayStartEagerly()) {
      Task<?> creator = core().tasks().current();
      core().eagerStarts().take(this, () -> takeFirstStep(creator));
    } else {
      core().schedule(step);
      TaskLifetime.registerTask(this);
    }
  }

  @Override
  public boolean cancel(@Nullable String message) {
    core().ensureOwner();
    if (isDone()) {
      markRetrieved();
      return false;
    }
    countRequest();
    Future<?> awaited = waitingFor;
    if (awaited == null || !awaited.cancel(message)) {
      raiseLater(message);
    }
    return true;
  }

  @Override
  public final List<StackTraceElement> stack() {
    if (!isDone()) {
      return coroutine.stack();
    }
    Throwable failed = failureUnretrieved();
    return failed == null ? List.of() : List.of(failed.getStackTrace());
  }

  @Override
  public String toString() {
    return "<Task %s %s%s>"
        .formatted(shownName(), stateName(), hasRequests() && !isDone() ? " cancelling" : "");
  }

  /** Ends this task because the loop is closing; its body continues after {@link #release}. */
  final void abandon() {
    loop()
        .callExceptionHandler(
            ErrorReport.of("Task was destroyed but it is pending")
                .withFuture(this)
                .withCreatedAt(createdAt()));
    TaskLifetime.unregisterTask(this);
    becomeCancelled("the loop was closed");
  }

  /** Releases the body of an abandoned task. */
  final void release() {
    if (coroutine instanceof Fiber<?> fiber) {
      fiber.abandon(new CancelledError("the loop was closed"));
    }
  }

  private void runStep() {
    if (isDone()) {
      return;
    }
    TaskRegistry tasks = core().tasks();
    Throwable raised = takeToRaise();
    waitingFor = null;
    unpark();
    tasks.enter(this);
    try {
      react(raised == null ? coroutine.send() : coroutine.throwInto(raised));
    } finally {
      tasks.leave(this);
    }
  }

  private void takeFirstStep(@Nullable Task<?> creator) {
    beginWithin(creator);
    Suspension suspension;
    try {
      suspension =
          coroutine instanceof Fiber<T> fiber ? fiber.send() : context().run(coroutine::send);
    } catch (RuntimeException | Error notHere) {
      // The creator cannot be suspended. If the coroutine is broken, the next step will show it.
      suspension = Suspension.YIELDED;
    }
    catchUp();
    beginWithin(null);
    react(suspension);
    if (isParked()) {
      // The creator may have been parked, too, when the wake-up came; an extra wake-up has no
      // effect.
      core().schedule(new Unparked());
    }
  }

  private void react(Suspension suspension) {
    catchUp();
    switch (suspension) {
      case AWAITING -> waitFor(coroutine.awaited());
      case YIELDED -> core().schedule(step);
      case PARKED -> park();
      case RETURNED -> returned();
      case RAISED -> raised(requireNonNull(coroutine.failure(), "failure"));
    }
    forgetCancelledAhead();
  }

  private @Nullable Throwable takeToRaise() {
    Throwable raised = toRaise;
    toRaise = null;
    boolean foreignTold = foreignToldOfCancellation;
    foreignToldOfCancellation = false;
    return hasRequests()
        ? raiseNow(raised, foreignTold || tellsOfCancellation(waitingFor))
        : raised;
  }

  private void waitFor(@Nullable Future<?> future) {
    switch (future) {
      case null ->
          raiseNext(
              new IllegalStateException(
                  "cannot await null in task " + shownName() + ": a task awaits futures"));
      case FutureState<?> builtin -> follow(builtin);
      // If a gathered task holds the loop, the tasks that wait for it must be known.
      case PassesCancellation _ when core().engine().isHeldByParked() -> followForeign(future);
      // Third-party code, which must not run on the thread that carries the fibers.
      default -> core().callSoon(() -> followForeign(future), context());
    }
  }

  private void follow(Future<?> future) {
    if (future.loop() != loop()) {
      raiseNext(
          new IllegalStateException(
              "cannot await %s of %s in task %s of %s: a task awaits only futures of its own loop"
                  .formatted(future, future.loop(), shownName(), loop())));
    } else if (future == this) {
      raiseNext(new IllegalStateException("cannot await " + this + ": a task cannot await itself"));
    } else {
      waitingFor = future;
      if (future instanceof FutureState<?> builtin) {
        builtin.subscribe(step);
      } else {
        addForeignCallback(future);
      }
      raiseBy(future);
    }
  }

  private <U extends @Nullable Object> void addForeignCallback(Future<U> future) {
    future.addDoneCallback(new ForeignWait<>(this, future), context());
  }

  private void followForeign(Future<?> future) {
    try {
      follow(future);
    } catch (RuntimeException | Error thrown) {
      waitingFor = null;
      raiseNext(thrown);
    }
  }

  /** Takes the next step once, even if the future calls more than once. */
  final void foreignDone(Future<?> future) {
    if (waitingFor == future) {
      waitingFor = null;
      boolean ignored = core().scheduleCompletion(step);
      foreignToldOfCancellation =
          future.isCancelled()
              || (future.isDone()
                  && future.exception().filter(CancelledError.class::isInstance).isPresent());
    }
  }

  /**
   * Returns false for a gathering, for example, which is not cancelled itself but fails with the
   * error of a child.
   */
  private static boolean tellsOfCancellation(@Nullable Future<?> awaited) {
    return awaited instanceof FutureState<?> builtin
        && (builtin.isCancelled() || builtin.failureUnretrieved() instanceof CancelledError);
  }

  @Override
  final boolean awaits(Future<?> future) {
    return waitingFor == future;
  }

  @Override
  final boolean isCancelledUnseen() {
    return hasRequests() && (hasUnseenRequest() || tellsOfCancellation(waitingFor));
  }

  private void raiseNext(Throwable error) {
    toRaise = error;
    core().schedule(step);
  }

  private void returned() {
    TaskLifetime.unregisterTask(this);
    if (!becomeCancelledUnlessSeen()) {
      if (sawCancellation() && core().isDebug()) {
        reportSwallowedCancellation();
      }
      finish(coroutine.value());
    }
  }

  @Override
  final void nameThread(String changed) {
    if (coroutine instanceof Fiber<?> fiber) {
      fiber.thread().setName(changed);
    }
  }

  private Thread threadOfBody(Thread caller) {
    return coroutine instanceof Fiber<?> fiber ? fiber.thread() : caller;
  }

  private void raised(Throwable failure) {
    TaskLifetime.unregisterTask(this);
    if (!becomeCancelledBy(failure)) {
      fail(failure);
    }
  }

  @Override
  final Coroutine<T> coroutine() {
    return coroutine;
  }

  @Override
  final void wake() {
    core().scheduleFromAnywhere(new Unparked());
  }

  @Override
  final void runParked() {
    runStep();
  }

  /** The next step, for the loop's queue and the awaited future. */
  private final class Step extends ReadyEntry implements DoneEntry {

    @Override
    public boolean schedule() {
      return core().scheduleCompletion(this) || isDone();
    }

    @Override
    public boolean isFor(Object callback) {
      return false;
    }

    @Override
    public Future<?> awaiter() {
      return BuiltinTask.this;
    }

    @Override
    public boolean runsOnCarrier() {
      return carried;
    }

    @Override
    public Context runContext() {
      return context();
    }

    @Override
    public Thread threadOn(Thread caller) {
      return threadOfBody(caller);
    }

    @Override
    public void run() {
      runStep();
    }

    @Override
    public String toString() {
      return BuiltinTask.this.toString();
    }
  }

  /** The next step of a parked body; a spurious wake-up has no effect. */
  private final class Unparked extends ReadyEntry {

    @Override
    public boolean runsOnCarrier() {
      return carried;
    }

    @Override
    public Thread threadOn(Thread caller) {
      return threadOfBody(caller);
    }

    @Override
    public void run() {
      unparked();
    }

    @Override
    public String toString() {
      return BuiltinTask.this.toString();
    }
  }
}
