package org.asyncio4j.tck.mutants.futures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantFuture;

/** Chapter 4: callbacks that are equal to others. */
public final class CallbackEqualityMutants extends Defects {

  public CallbackEqualityMutants() {
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
  }

  /** What happens to a callback that was added while others were compared, and one removed. */
  private interface Added {
    void happen(
        Consumer<Consumer<? super Future<Object>>> remove,
        Consumer<? super Future<Object>> callback);
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
}
