package org.asyncio4j.tck.mutants.eager;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.mutants.harness.CoreSeams.NewTask;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 15: eager starts. */
public final class EagerStartMutants extends Defects {

  public EagerStartMutants() {
    starts();
    current();

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
  }

  private void starts() {
    defect("15.1", "starts nothing in tasks")
        .also("15.4", "15.5", "15.7", "15.8", "15.12", "15.13")
        .loop(loop ->
            loop.options(given ->
                given.eagerStart() && loop.currentTask().isPresent()
                    ? given.withEagerStart(false)
                    : given));

    defect("15.2", "starts nothing in callbacks")
        .loop(loop ->
            loop.options(given ->
                given.eagerStart() && loop.inCallback() ? given.withEagerStart(false) : given));
  }

  private void current() {
    defect("15.3", "takes the creator for the current task")
        .also("15.5", "15.6", "15.8", "15.11", "15.12")
        .loop(EagerStartMutants::nameTheCreator);

    defect("15.4", "leaves a task current that has failed")
        .loop(EagerStartMutants::leaveAFailedTaskCurrent);

    defect("15.5", "knows the outermost creator only")
        .loop(EagerStartMutants::nameTheOutermostCreator);

    defect("15.6", "hides tasks in their first step")
        .loop(loop -> {
          EagerStart start = EagerStart.of(loop);
          loop.allTasks.returns(all -> {
            if (start.depth() > 0) {
              loop.correctCurrentTask().ifPresent(all::remove);
            }
            return all;
          });
        });
  }

  private static void nameTheCreator(MutantLoop loop) {
    EagerStart start = EagerStart.of(loop);
    List<Optional<Task<?>>> creators = new ArrayList<>(List.of(Optional.empty()));
    start.instead((correct, wanted) -> {
      creators.set(0, loop.correctCurrentTask());
      return correct.call(wanted);
    });
    loop.currentTask.returns(current -> start.depth() > 0 ? creators.getFirst() : current);
  }

  private static void leaveAFailedTaskCurrent(MutantLoop loop) {
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
  }

  private static void nameTheOutermostCreator(MutantLoop loop) {
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
}
