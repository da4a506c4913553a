package org.asyncio4j.tck.mutants.futures;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 4: futures. */
public final class FutureMutants extends Defects {

  public FutureMutants() {
    defect("4.1", "calls callbacks at once")
        .futures(it -> {
          List<Consumer<? super Future<Object>>> callbacks = added(it);
          it.setResult.insteadIf(
              _ -> MutantLoop.onLoop(),
              (correct, value) -> {
                List<Consumer<? super Future<Object>>> now = List.copyOf(callbacks);
                now.forEach(it::removeDoneCallback);
                correct.call(value);
                now.forEach(callback -> callback.accept(it));
              });
        });
    defect("4.2 also .11", "calls callbacks of done futures at once")
        .futures(it ->
            it.addDoneCallback.insteadIf(_ -> it.isDone(), added -> added.callback().accept(it)));
    defect("4.3", "forgets the contexts of callbacks")
        .futures(it -> it.addDoneCallback.with("context", _ -> Context.empty()));
    defect("4.4", "ignores a second result").futures(it -> it.setResult.unless(_ -> it.isDone()));
    defect("4.5", "has null while it is pending").futures(it -> it.result.onlyIf(_ -> it.isDone()));
    defect("4.6 also .13", "loses the message of a cancellation")
        .futures(it -> it.cancel.given(_ -> null));
    defect("4.7 also .15, .21", "wraps its exception")
        .futures(it ->
            it.result.refuse(
                _ -> it.isDone() && !it.isCancelled() && it.exception().isPresent(),
                _ -> new IllegalArgumentException(it.exception().orElseThrow())));
    defect("4.8", "takes every exception for retrieved")
        .futures(it -> it.setException.after(_ -> it.exception()));
    defect("4.9", "reports retrieved exceptions too")
        .futures(it -> {
          Throwable[] failure = new Throwable[1];
          it.setException.after(thrown -> failure[0] = thrown);
          it.exception.aroundIf(_ -> failure[0] != null, (_, _) -> failure[0]);
        });
    defect("4.10", "counts one removal at most")
        .futures(it -> it.removeDoneCallback.returns(removed -> Math.min(1, removed)));
    defect("4.11 also .2", "loses callbacks that are added in a callback")
        .futures(it -> it.addDoneCallback.unless(_ -> it.isDone() && MutantLoop.onLoop()));
    defect("4.12 also .10, .30", "swallows what callbacks throw")
        .futures(
            it -> MutantFuture.callbacks(it.addDoneCallback).swallowing(RuntimeException.class));
    defect("4.13", "claims to cancel what is done")
        .futures(it -> it.cancel.returns(accepted -> accepted || it.isDone()));
    defect("4.14", "yields before the result of a done future is returned")
        .futures(it ->
            it.await.before(_ -> it.isDone() && isInTask(it), _ -> Asyncio.sleep(Duration.ZERO)));
    defect("4.15 also .21", "wraps what await throws")
        .futures(it -> it.await.insteadOf(IOException.class, UncheckedIOException::new));
    defect("4.16", "returns null outside a task")
        .futures(it -> it.await.unless(_ -> !it.isDone() && isOnOwnLoop(it) && !isInTask(it)));
    defect("4.17", "returns null to tasks of other loops")
        .futures(it -> it.await.unless(_ -> MutantLoop.onLoop() && !isOnOwnLoop(it)));
    defect("4.18", "wakes the last first")
        .futures(it -> {
          Deque<Promise<Object>> waiting = new ArrayDeque<>();
          it.await.before(
              _ -> !it.isDone() && isInTask(it),
              _ -> {
                Promise<Object> own = it.mutant().newFuture();
                waiting.push(own);
                Object ignored = own.await();
              });
          it.setResult.after(value -> waiting.forEach(own -> own.setResult(value)));
          it.setException.after(_ -> waiting.forEach(own -> own.setResult(null)));
        });
    defect("4.19", "takes null for nothing").futures(it -> it.setResult.unless(Objects::isNull));
    defect("4.20 also .7, .15, .21", "forgets its loop")
        .loop(loop -> loop.promises(it -> it.loop.swallow()));
    defect("4.21", "loses what comes from other threads")
        .loop(loop -> loop.callSoonThreadsafe.givenIf(_ -> !MutantLoop.onLoop(), _ -> () -> {}));
    defect("4.30", "schedules again what equals has completed")
        .futures(it -> {
          List<Consumer<? super Future<Object>>> callbacks = added(it);
          it.removeDoneCallback.aroundIf(
              _ -> !it.isDone(),
              (correct, removed) -> {
                int count = correct.call(removed);
                if (it.isDone()) {
                  List.copyOf(callbacks).forEach(kept -> it.addDoneCallback(kept, Context.empty()));
                }
                return count;
              });
        });
    defect("4.30", "loses callbacks that equals adds")
        .futures(it -> it.addDoneCallback.unless(it.removeDoneCallback.underway()));
    defect("4.30", "loses callbacks that an equal callback adds")
        .futures(it -> withWhatEqualsAdds(it, (remove, callback) -> remove.accept(callback)));
    defect("4.30", "calls twice what an equal callback adds")
        .futures(it ->
            withWhatEqualsAdds(it, (_, callback) -> it.addDoneCallback(callback, Context.empty())));
    defect("4.31", "claims to complete what is done")
        .futures(it -> it.trySetResult.returns(_ -> true));
  }

  /** {@return the callbacks that are added from now on} */
  private static List<Consumer<? super Future<Object>>> added(MutantFuture<Object> it) {
    List<Consumer<? super Future<Object>>> callbacks = new ArrayList<>();
    it.addDoneCallback.before(added -> callbacks.add(added.callback()));
    return callbacks;
  }

  private static boolean isInTask(MutantFuture<?> future) {
    return future.loop().currentTask().isPresent();
  }

  private static boolean isOnOwnLoop(MutantFuture<?> future) {
    return MutantLoop.onLoop() && Asyncio.runningLoop() == future.loop();
  }

  private static void withWhatEqualsAdds(MutantFuture<Object> it, Added what) {
    List<Consumer<? super Future<Object>>> added = added(it);
    it.removeDoneCallback.around((correct, removed) -> {
      added.clear();
      int count = correct.call(removed);
      if (count > 0) {
        List.copyOf(added).forEach(each -> what.happen(correct::quietly, each));
      }
      return count;
    });
  }

  /** Changes a callback that was added while callbacks were compared, and one was removed. */
  private interface Added {
    void happen(
        Consumer<Consumer<? super Future<Object>>> remove,
        Consumer<? super Future<Object>> callback);
  }
}
