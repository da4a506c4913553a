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
        .loop(loop ->
            loop.options(given ->
                given.eagerStart() && loop.currentTask().isPresent()
                    ? given.withEagerStart(false)
                    : given));
    defect("15.2", "starts nothing in callbacks")
        .loop(loop ->
            loop.options(given ->
                given.eagerStart() && loop.inCallback() ? given.withEagerStart(false) : given));
    defect("15.3 also .5, .6, .8, .11, .12", "takes the creator for the current task")
        .loop(loop -> {
          EagerStart start = EagerStart.of(loop);
          List<Optional<Task<?>>> creators = new ArrayList<>(List.of(Optional.empty()));
          start.instead((correct, wanted) -> {
            creators.set(0, loop.correctCurrentTask());
            return correct.call(wanted);
          });
          loop.currentTask.returns(current -> start.depth() > 0 ? creators.getFirst() : current);
        });

    defect("15.4", "leaves a task current that has failed")
        .loop(loop -> {
          Task<?>[] failed = new Task<?>[1];
          EagerStart.of(loop)
              .instead((correct, wanted) -> {
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
          loop.currentTask.returns(current -> failed[0] == null ? current : Optional.of(failed[0]));
        });

    defect("15.5", "knows the outermost creator only")
        .loop(loop -> {
          EagerStart start = EagerStart.of(loop);
          List<Optional<Task<?>>> outermost = new ArrayList<>(List.of(Optional.empty()));
          Flag nested = new Flag();
          start.instead((correct, wanted) -> {
            if (start.depth() == 1) {
              outermost.set(0, loop.correctCurrentTask());
            }
            Task<Object> task = correct.call(wanted);
            nested.put(start.depth() > 1);
            return task;
          });
          loop.currentTask.returns(current -> nested.isSet() ? outermost.getFirst() : current);
        });

    defect("15.6", "hides tasks in their first step")
        .loop(loop -> {
          EagerStart start = EagerStart.of(loop);
          loop.allTasks.withResult(all -> {
            if (start.depth() > 0) {
              loop.correctCurrentTask().ifPresent(all::remove);
            }
          });
        });
    defect("15.7", "forgets tasks that wait in their first step")
        .loop(loop ->
            EagerStart.of(loop)
                .instead((correct, wanted) -> {
                  Task<Object> task = correct.call(wanted);
                  TaskLifetime.unregisterTask(task);
                  return task;
                }));
    defect("15.8", "calls back at once")
        .loop(loop ->
            EagerStart.of(loop).instead((_, wanted) -> new CallingBackAtOnce(loop, wanted)));
    defect("15.9", "starts though it does not run")
        .loop(loop ->
            loop.createTask.given(wanted -> {
              if (!wanted.options().eagerStart() || loop.isRunning()) {
                return wanted;
              }
              Object value = call(wanted.body());
              return wanted.running(() -> value);
            }));
    defect("15.10", "starts on any thread")
        .loop(loop ->
            loop.createTask.before(
                wanted -> wanted.options().eagerStart() && loop.isRunning() && !MutantLoop.onLoop(),
                wanted -> call(wanted.body())));
    defect("15.11 also .5", "gives the name after the first step")
        .loop(loop ->
            EagerStart.of(loop)
                .instead((correct, wanted) -> {
                  Task<Object> task =
                      correct.call(wanted.with(wanted.options().withName("not yet named")));
                  wanted.options().name().ifPresent(task::setName);
                  return task;
                }));
    defect("15.12", "loses what is cancelled in a first step")
        .loop(loop ->
            EagerStart.of(loop).instead((_, wanted) -> new NotCancelledAtFirst(loop, wanted)));
    defect("15.13", "waits for a body that blocks").onHandoff().loop(_ -> {});
    defect("15.14", "names the last to await first")
        .futures(it -> it.awaitedBy.returns(List::reversed));
    defect("15.15", "ignores callbacks that name their awaiter")
        .futures(it -> it.awaitedBy.returns(EagerMutants::onlyTasks));
    defect("15.16", "names awaiters of a future that is done")
        .futures(it -> {
          List<Future<?>> last = new ArrayList<>();
          it.setResult.before(() -> last.addAll(it.awaitedBy()));
          it.awaitedBy.around((correct, _) -> it.isDone() ? last : correct.call());
        });
    defect("15.17 also .18", "does not know the awaiters of a task")
        .tasks(it -> it.awaitedBy.always(List.of()));
    defect("15.17 also .11", "does not know where a suspended body is")
        .loop(loop -> knowStacks(loop, true));
    defect("15.18", "ignores callbacks of tasks")
        .tasks(it -> it.awaitedBy.returns(EagerMutants::onlyTasks));
    defect("15.19 also .11", "does not know where a running body is")
        .loop(loop -> knowStacks(loop, false));
  }

  private static Object call(Callable<Object> body) {
    try {
      return body.call();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<Future<?>> onlyTasks(List<Future<?>> awaiters) {
    return awaiters.stream().filter(Task.class::isInstance).toList();
  }

  /** Shows only the stacks of running bodies, or only those of suspended ones. */
  private static void knowStacks(MutantLoop loop, boolean ofRunning) {
    loop.coroutines(it ->
        it.stack.returns(stack -> loop.currentTask().isPresent() == ofRunning ? stack : List.of()));
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
