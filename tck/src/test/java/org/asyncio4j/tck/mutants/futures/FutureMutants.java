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
          List<Consumer<? super Future<Object>>> callbacks = new ArrayList<>();
          it.addDoneCallback.before(added -> callbacks.add(added.callback()));
          it.setResult.instead((correct, value) -> {
            List<Consumer<? super Future<Object>>> now =
                MutantLoop.onLoop() ? List.copyOf(callbacks) : List.of();
            now.forEach(it::removeDoneCallback);
            correct.call(value);
            now.forEach(callback -> callback.accept(it));
          });
        });
    defect("4.2 also .11", "calls callbacks of done futures at once")
        .futures(it ->
            it.addDoneCallback.insteadIf(_ -> it.isDone(), added -> added.callback().accept(it)));
    defect("4.3", "forgets the contexts of callbacks")
        .futures(it -> it.addDoneCallback.given(added -> added.in(Context.empty())));
    defect("4.4", "ignores a second result").futures(it -> it.setResult.unless(it::isDone));
    defect("4.5", "has null while it is pending").futures(it -> it.result.onlyIf(it::isDone));
    defect("4.6 also .13", "loses the message of a cancellation")
        .futures(it -> it.cancel.given(_ -> null));
    defect("4.7 also .15, .21", "wraps its exception")
        .futures(it ->
            it.result.refuse(
                () -> it.isDone() && !it.isCancelled() && it.exception().isPresent(),
                () -> new IllegalArgumentException(it.exception().orElseThrow())));
    defect("4.8", "takes every exception for retrieved")
        .futures(it -> it.setException.after(it::exception));
    defect("4.9", "reports retrieved exceptions too")
        .futures(it -> {
          Throwable[] failure = new Throwable[1];
          it.setException.after(thrown -> failure[0] = thrown);
          it.exception.around((correct, _) -> failure[0] == null ? correct.call() : failure[0]);
        });
    defect("4.10", "counts one removal at most")
        .futures(it -> it.removeDoneCallback.returns(removed -> Math.min(1, removed)));
    defect("4.11 also .2", "loses callbacks that are added in a callback")
        .futures(it -> it.addDoneCallback.unless(() -> it.isDone() && MutantLoop.onLoop()));
    defect("4.12 also .10, .30", "swallows what callbacks throw")
        .futures(it ->
            it.addDoneCallback.given(added ->
                added.calling(done -> {
                  try {
                    added.callback().accept(done);
                  } catch (RuntimeException swallowed) {
                    // That is the defect.
                  }
                })));
    defect("4.13", "claims to cancel what is done")
        .futures(it -> it.cancel.returns(accepted -> accepted || it.isDone()));
    defect("4.14", "yields before the result of a done future is returned")
        .futures(it ->
            it.await.before(
                () -> it.isDone() && it.loop().currentTask().isPresent(),
                () -> Asyncio.sleep(Duration.ZERO)));
    defect("4.15 also .21", "wraps what await throws")
        .futures(it -> it.await.insteadOf(IOException.class, UncheckedIOException::new));
    defect("4.16", "returns null outside a task")
        .futures(it -> it.await.unless(() -> !it.isDone() && isOnOwnLoop(it) && !isInTask(it)));
    defect("4.17", "returns null to tasks of other loops")
        .futures(it -> it.await.unless(() -> MutantLoop.onLoop() && !isOnOwnLoop(it)));
    defect("4.18", "wakes the last first").loop(this::wakeTheLastFirst);
    defect("4.19", "takes null for nothing")
        .futures(it -> it.setResult.onlyIf(value -> value != null));
    defect("4.20 also .7, .15, .21", "forgets its loop")
        .loop(loop -> loop.promises(it -> it.loop.swallow()));
    defect("4.21", "loses what comes from other threads")
        .loop(loop ->
            loop.callSoonThreadsafe.given(callback -> MutantLoop.onLoop() ? callback : () -> {}));

    defect("4.30", "schedules again what equals has completed")
        .futures(it -> {
          List<Consumer<? super Future<Object>>> callbacks = new ArrayList<>();
          it.addDoneCallback.before(added -> callbacks.add(added.callback()));
          it.removeDoneCallback.around((correct, removed) -> {
            boolean pending = !it.isDone();
            int count = correct.call(removed);
            if (pending && it.isDone()) {
              List.copyOf(callbacks).forEach(kept -> it.addDoneCallback(kept, Context.empty()));
            }
            return count;
          });
        });

    defect("4.30", "loses callbacks that equals adds")
        .futures(it -> {
          Flag comparing = new Flag();
          it.addDoneCallback.unless(comparing);
          it.removeDoneCallback.during(comparing);
        });
    defect("4.30", "loses callbacks that an equal callback adds")
        .futures(it -> withWhatEqualsAdds(it, (remove, callback) -> remove.accept(callback)));
    defect("4.30", "calls twice what an equal callback adds")
        .futures(it ->
            withWhatEqualsAdds(it, (_, callback) -> it.addDoneCallback(callback, Context.empty())));
    defect("4.31", "claims to complete what is done")
        .futures(it -> it.trySetResult.returns(_ -> true));
  }

  private void wakeTheLastFirst(MutantLoop loop) {
    loop.futures(it -> {
      Deque<Promise<Object>> waiting = new ArrayDeque<>();
      it.await.before(
          () -> !it.isDone() && isInTask(it),
          () -> {
            Promise<Object> own = loop.newFuture();
            waiting.push(own);
            Object ignored = own.await();
          });
      it.setResult.after(value -> waiting.forEach(own -> own.setResult(value)));
      it.setException.after(() -> waiting.forEach(own -> own.setResult(null)));
    });
  }

  private static boolean isInTask(MutantFuture<?> future) {
    return future.loop().currentTask().isPresent();
  }

  private static boolean isOnOwnLoop(MutantFuture<?> future) {
    return MutantLoop.onLoop() && Asyncio.runningLoop() == future.loop();
  }

  private static void withWhatEqualsAdds(MutantFuture<Object> it, Added what) {
    List<Consumer<? super Future<Object>>> added = new ArrayList<>();
    it.addDoneCallback.before(callback -> added.add(callback.callback()));
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
