package org.asyncio4j.tck.mutants.tasks;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 6: steps and outcomes of tasks. */
public final class StepMutants extends Defects {

  public StepMutants() {
    steps();
    outcomes();
  }

  private void steps() {
    defect("6.1", "begins tasks before callbacks")
        .also("6.3", "6.5", "6.11")
        .loop(loop ->
            loop.callSoon.around((correct, callback) -> correct.call(correct.later(callback))));

    defect("6.3", "goes on after a yield")
        .also("6.21", "6.26", "6.31", "6.51", "6.60")
        .loop(loop ->
            loop.coroutines(it ->
                it.send.around((correct, _) -> {
                  Suspension suspension = correct.call();
                  while (suspension == Suspension.YIELDED) {
                    suspension = correct.call();
                  }
                  return suspension;
                })));

    defect("6.4", "returns null to a task that awaits itself")
        .tasks(it -> it.await.unless(it::isCurrent));
  }

  private void outcomes() {
    defect("6.2", "has an exception though the body returned")
        .tasks(it ->
            it.exception.returns(
                failure -> failure == null ? new IllegalStateException("done") : failure));

    defect("6.15", "wraps errors").loop(loop -> loop.bodies(StepMutants::wrappingErrors));

    defect("6.16", "fails on a cancellation that was not requested")
        .also("6.18")
        .loop(loop ->
            loop.bodies(body ->
                () -> {
                  try {
                    return body.call();
                  } catch (CancelledError cancelled) {
                    if (loop.currentTask().orElseThrow().cancelling() == 0) {
                      throw new IllegalStateException(cancelled);
                    }
                    throw cancelled;
                  }
                }));

    defect("6.23", "swallows what done callbacks throw")
        .tasks(it ->
            it.addDoneCallback.given(added ->
                added.calling(done -> {
                  try {
                    added.callback().accept(done);
                  } catch (RuntimeException swallowed) {
                    // That is the defect.
                  }
                })));

    defect("6.24", "takes every failure for retrieved")
        .loop(loop ->
            loop.createTask.returns(task -> {
              task.addDoneCallback(done -> {
                Optional<Throwable> ignored =
                    done.isCancelled() ? Optional.empty() : done.exception();
              });
              return task;
            }));
  }

  private static Callable<Object> wrappingErrors(Callable<Object> body) {
    return () -> {
      try {
        return body.call();
      } catch (CancelledError cancelled) {
        throw cancelled;
      } catch (Error error) {
        throw new IllegalStateException(error);
      }
    };
  }
}
