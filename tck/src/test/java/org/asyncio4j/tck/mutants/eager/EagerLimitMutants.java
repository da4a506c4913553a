package org.asyncio4j.tck.mutants.eager;

import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.tck.mutants.harness.CoreSeams.NewTask;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 15: where tasks are not started eagerly, and what the first step may do. */
public final class EagerLimitMutants extends Defects {

  public EagerLimitMutants() {
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

    defect("15.11", "gives the name after the first step")
        .also("15.5")
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
  }

  private static Object call(Callable<Object> body) {
    try {
      return body.call();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
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
