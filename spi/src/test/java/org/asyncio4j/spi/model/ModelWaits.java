package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.asyncio4j.tasks.ReturnWhen;

/** {@code sleep}, {@code wait} and {@code wait_for} (table E2). */
final class ModelWaits {

  private ModelWaits() {}

  static void sleep(ModelTask task, int units, Consumer<Completion> next) {
    if (units == 0) {
      task.yieldOnce(next);
      return;
    }
    ModelFuture elapsed = new ModelFuture(task.loop());
    ModelLoop.Handle timer = task.loop().callAt(task.loop().now() + units, elapsed::release);
    task.await(
        elapsed,
        woken -> {
          timer.cancel();
          next.accept(woken);
        });
  }

  /** A negative limit is none. */
  static void wait(
      ModelTask task,
      Map<String, ModelFuture> futures,
      ReturnWhen mode,
      int limit,
      Consumer<Completion> next) {
    ModelLoop loop = task.loop();
    ModelFuture enough = new ModelFuture(loop);
    ModelLoop.Handle timer = limit < 0 ? null : loop.callAt(loop.now() + limit, enough::release);
    Set<ModelFuture> distinct = new LinkedHashSet<>(futures.values());
    int[] left = {distinct.size()};
    Consumer<ModelFuture> callback =
        done -> {
          left[0]--;
          boolean sufficient =
              left[0] == 0
                  || mode == ReturnWhen.FIRST_COMPLETED
                  || mode == ReturnWhen.FIRST_EXCEPTION && hasFailed(done);
          if (sufficient) {
            enough.release();
          }
        };
    distinct.forEach(future -> future.addDoneCallback(callback));
    task.await(
        enough,
        woken -> {
          if (timer != null) {
            timer.cancel();
          }
          distinct.forEach(future -> future.removeDoneCallback(callback));
          next.accept(woken instanceof Completion.Raised ? woken : found(futures));
        });
  }

  private static boolean hasFailed(ModelFuture done) {
    return !done.isCancelled() && done.outcome() instanceof Completion.Raised;
  }

  private static Completion found(Map<String, ModelFuture> futures) {
    List<String> done = new ArrayList<>();
    futures.forEach((name, future) -> {
      if (future.isDone()) {
        done.add(name);
      }
    });
    return new Completion.Value("done " + done);
  }

  /**
   * A future that is done when the time is up counts; asyncio drops the result of the same tick.
   */
  static void waitFor(ModelTask task, ModelFuture future, int limit, Consumer<Completion> next) {
    if (limit <= 0) {
      atOnce(task, future, next);
      return;
    }
    ModelTimeout timeout = new ModelTimeout(task);
    timeout.reschedule(limit);
    task.await(
        future,
        woken ->
            timeout.leave(
                woken,
                end -> {
                  boolean late = end != woken;
                  next.accept(
                      late && future.isDone() && !future.endedByCancellation()
                          ? future.outcome()
                          : end);
                }));
  }

  private static void atOnce(ModelTask task, ModelFuture future, Consumer<Completion> next) {
    if (future.isDone()) {
      next.accept(future.outcome());
      return;
    }
    ModelFuture ended = new ModelFuture(task.loop());
    Consumer<ModelFuture> callback = _ -> ended.release();
    future.addDoneCallback(callback);
    future.cancel(null);
    task.await(
        ended,
        woken -> {
          future.removeDoneCallback(callback);
          if (woken instanceof Completion.Raised) {
            next.accept(woken);
          } else if (future.endedByCancellation()) {
            next.accept(
                new Completion.Raised(new ModelException(ModelException.Kind.TIMEOUT, null)));
          } else {
            next.accept(future.outcome());
          }
        });
  }
}
