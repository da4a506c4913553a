package org.asyncio4j.tck.mutants.futures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantFuture;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 4: callbacks of futures. */
public final class FutureCallbackMutants extends Defects {

  public FutureCallbackMutants() {
    defect("4.1", "calls callbacks at once").futures(FutureCallbackMutants::callAtOnce);

    defect("4.2", "calls callbacks of done futures at once")
        .also("4.11")
        .futures(it ->
            it.addDoneCallback.instead((correct, added) -> {
              if (it.isDone()) {
                added.callback().accept(it);
              } else {
                correct.call(added);
              }
            }));

    defect("4.3", "forgets the contexts of callbacks")
        .futures(it -> it.addDoneCallback.given(added -> added.in(Context.empty())));

    defect("4.10", "counts one removal at most")
        .futures(it -> it.removeDoneCallback.returns(removed -> Math.min(1, removed)));

    defect("4.11", "loses callbacks that are added in a callback")
        .also("4.2")
        .futures(it -> it.addDoneCallback.unless(() -> it.isDone() && MutantLoop.onLoop()));

    defect("4.12", "swallows what callbacks throw")
        .also("4.10", "4.30")
        .futures(
            it -> it.addDoneCallback.given(added -> added.calling(swallowing(added.callback()))));
  }

  private static void callAtOnce(MutantFuture<Object> it) {
    List<Consumer<? super Future<Object>>> callbacks = new ArrayList<>();
    it.addDoneCallback.before(added -> callbacks.add(added.callback()));
    it.setResult.instead((correct, value) -> {
      List<Consumer<? super Future<Object>>> now =
          MutantLoop.onLoop() ? List.copyOf(callbacks) : List.of();
      now.forEach(it::removeDoneCallback);
      correct.call(value);
      now.forEach(callback -> callback.accept(it));
    });
  }

  private static <T> Consumer<T> swallowing(Consumer<? super T> callback) {
    return done -> {
      try {
        callback.accept(done);
      } catch (RuntimeException swallowed) {
        // That is the defect.
      }
    };
  }
}
