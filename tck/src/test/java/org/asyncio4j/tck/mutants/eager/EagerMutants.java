package org.asyncio4j.tck.mutants.eager;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.CoreSeams.NewTask;

/** Chapter 15: eager tasks and call graphs. */
public final class EagerMutants extends Defects {

  public EagerMutants() {
    defect("15.1 also .4, .5, .7, .8, .12, .13", "starts nothing in tasks")
        .loop(loop -> startNothingIf(loop, () -> loop.currentTask().isPresent()));
    defect("15.2", "starts nothing in callbacks")
        .loop(loop -> startNothingIf(loop, loop::inCallback));
    defect("15.3 also .5, .6, .8, .11, .12", "takes the creator for the current task")
        .loop(loop -> {
          Seam<NewTask, Task<Object>> start = eagerStart(loop);
          Predicate<Object> starting = start.underway();
          AtomicReference<Optional<Task<?>>> creator = new AtomicReference<>();
          start.before(_ -> creator.set(loop.correctCurrentTask()));
          loop.currentTask.aroundIf(starting, (_, _) -> creator.get());
        });
    defect("15.4", "leaves a task current that has failed")
        .loop(loop -> {
          Task<?>[] failed = new Task<?>[1];
          eagerStart(loop)
              .around((correct, wanted) -> {
                Flag threw = new Flag();
                Task<Object> task =
                    correct.call(
                        wanted.running(() -> {
                          try {
                            return wanted.body().call();
                          } catch (Exception thrown) {
                            threw.set();
                            throw thrown;
                          }
                        }));
                if (threw.isSet()) {
                  failed[0] = task;
                  loop.callSoon(() -> failed[0] = null);
                }
                return task;
              });
          loop.currentTask.aroundIf(_ -> failed[0] != null, (_, _) -> Optional.of(failed[0]));
        });
    defect("15.5", "knows the outermost creator only")
        .loop(loop -> {
          Seam<NewTask, Task<Object>> start = eagerStart(loop);
          AtomicInteger depth = start.underway().calls();
          AtomicReference<Optional<Task<?>>> outermost = new AtomicReference<>();
          Flag nested = new Flag();
          start.before(_ -> depth.get() == 1, _ -> outermost.set(loop.correctCurrentTask()));
          start.after(_ -> nested.put(depth.get() > 1));
          loop.currentTask.aroundIf(nested, (_, _) -> outermost.get());
        });
    defect("15.6", "hides tasks in their first step")
        .loop(loop -> {
          AtomicInteger depth = eagerStart(loop).underway().calls();
          loop.allTasks.withResult(
              all -> loop.correctCurrentTask().filter(_ -> depth.get() > 0).ifPresent(all::remove));
        });
    defect("15.7", "forgets tasks that wait in their first step")
        .loop(loop -> eagerStart(loop).withResult(task -> TaskLifetime.unregisterTask(task)));
    defect("15.8", "calls back at once")
        .loop(loop -> eagerStart(loop).around((_, it) -> new CallingBackAtOnce(loop, it)));
    defect("15.9", "starts though it does not run")
        .loop(loop ->
            loop.createTask.givenIf(
                wanted -> wanted.options().eagerStart() && !loop.isRunning(),
                wanted -> {
                  Object value = call(wanted.body());
                  return wanted.running(() -> value);
                }));
    defect("15.10", "starts on any thread")
        .loop(loop ->
            loop.createTask.before(
                wanted -> wanted.options().eagerStart() && loop.isForeign(),
                wanted -> call(wanted.body())));
    defect("15.11 also .5", "gives the name after the first step")
        .loop(loop ->
            eagerStart(loop)
                .around((correct, wanted) -> {
                  Task<Object> task =
                      correct.call(wanted.with(wanted.options().withName("not yet named")));
                  wanted.options().name().ifPresent(task::setName);
                  return task;
                }));
    defect("15.12", "loses what is cancelled in a first step")
        .loop(loop -> eagerStart(loop).around((_, it) -> new NotCancelledAtFirst(loop, it)));
    defect("15.13", "waits for a body that blocks").onHandoff().loop(_ -> {});
    defect("15.14", "names the last to await first")
        .futures(it -> it.awaitedBy.returns(List::reversed));
    defect("15.15", "ignores callbacks that name their awaiter")
        .futures(it -> it.awaitedBy.returns(EagerMutants::onlyTasks));
    defect("15.16", "names awaiters of a future that is done")
        .futures(it -> {
          List<Future<?>> last = new ArrayList<>();
          it.setResult.before(_ -> last.addAll(it.awaitedBy()));
          it.awaitedBy.aroundIf(_ -> it.isDone(), (_, _) -> last);
        });
    defect("15.17 also .18", "does not know the awaiters of a task")
        .tasks(it -> it.awaitedBy.always(List.of()));
    defect("15.17 also .11", "does not know where a suspended body is")
        .coroutines(it -> knowStacks(it, true));
    defect("15.18", "ignores callbacks of tasks")
        .tasks(it -> it.awaitedBy.returns(EagerMutants::onlyTasks));
    defect("15.19 also .11", "does not know where a running body is")
        .coroutines(it -> knowStacks(it, false));
  }

  /** {@return the start of tasks that run their first step in the call that creates them} */
  private static Seam<NewTask, Task<Object>> eagerStart(MutantLoop loop) {
    Seam<NewTask, Task<Object>> start = new Seam<>();
    loop.createTask.aroundIf(
        wanted -> wanted.options().eagerStart() && MutantLoop.onLoop(),
        (correct, wanted) -> start.call(wanted, correct));
    return start;
  }

  private static void startNothingIf(MutantLoop loop, BooleanSupplier isLazy) {
    loop.options(
        given -> given.eagerStart() && isLazy.getAsBoolean() ? given.withEagerStart(false) : given);
  }

  private static Object call(Callable<Object> body) {
    try {
      return body.call();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** {@return those of the awaiters that are tasks} */
  public static List<Future<?>> onlyTasks(List<Future<?>> awaiters) {
    return awaiters.stream().filter(Task.class::isInstance).toList();
  }

  /** Shows only the stacks of running bodies, or only those of suspended ones. */
  private static void knowStacks(CoroutineSeams it, boolean ofRunning) {
    it.stack.aroundIf(_ -> it.loop().currentTask().isPresent() != ofRunning, (_, _) -> List.of());
  }

  private static final class CallingBackAtOnce extends BuiltinTask<Object> {

    private List<Consumer<? super Future<Object>>> early;
    private final boolean started;

    CallingBackAtOnce(MutantLoop loop, NewTask wanted) {
      super(loop, wanted.body(), wanted.options());
      started = true;
      List<Consumer<? super Future<Object>>> added = early == null ? List.of() : early;
      if (isDone()) {
        added.forEach(callback -> callback.accept(this));
      } else {
        added.forEach(this::addDoneCallback);
      }
    }

    // Its first step is taken by the constructor.
    @Override
    public void addDoneCallback(Consumer<? super Future<Object>> callback, Context with) {
      if (started) {
        super.addDoneCallback(callback, with);
      } else {
        early = early == null ? new ArrayList<>() : early;
        early.add(callback);
      }
    }
  }

  private static final class NotCancelledAtFirst extends BuiltinTask<Object> {

    private final boolean started;

    NotCancelledAtFirst(MutantLoop loop, NewTask wanted) {
      super(loop, wanted.body(), wanted.options());
      started = true;
    }

    // Its first step is taken by the constructor.
    @Override
    public boolean cancel(String message) {
      return !started || super.cancel(message);
    }
  }
}
