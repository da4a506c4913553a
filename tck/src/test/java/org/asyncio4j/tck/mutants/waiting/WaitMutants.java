package org.asyncio4j.tck.mutants.waiting;

import java.time.Duration;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Future;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Delay;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MadeFutures;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 12: waiting for several futures. */
public final class WaitMutants extends Defects {

  public WaitMutants() {
    defect("12.7", "cancels a future whose callback is removed")
        .also("12.9", "12.10", "12.13", "12.14")
        .futures(it -> it.removeDoneCallback.after(() -> it.cancel()));

    defect("12.8", "forgets callbacks that tasks add to done futures")
        .also("12.20")
        .futures(it ->
            it.addDoneCallback.unless(() -> it.isDone() && it.loop().currentTask().isPresent()));

    defect("12.9", "calls timers of tasks at once")
        .also("12.15")
        .loop(loop ->
            loop.callLater.given(timer ->
                loop.currentTask().isPresent()
                    ? new Delay(Duration.ZERO, timer.callback())
                    : timer));

    defect("12.10", "cancels whatever the call graph names")
        .also("12.6")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.futures(made::add);
          loop.tasks(
              it -> it.cancel.after(() -> made.cancel(future -> future.awaitedBy().contains(it))));
        });

    defect("12.11", "calls back for the first future of a tick last")
        .loop(WaitMutants::tellOfTheFirstLast);

    defect("12.12", "ignores a cancellation that comes with the result")
        .loop(loop -> {
          Flag completed = loop.ofThisTick();
          loop.futures(it -> it.setResult.after(completed::set));
          loop.tasks(it -> it.cancel.unless(() -> completed.isSet() && !MutantLoop.onLoop()));
        });
  }

  private static void tellOfTheFirstLast(MutantLoop loop) {
    Flag completed = loop.ofThisTick();
    loop.futures(it -> {
      Flag late = new Flag();
      it.setResult.before(() -> {
        late.put(!completed.isSet());
        completed.set();
      });
      it.addDoneCallback.given(added ->
          (Object) added.callback() instanceof AwaitingCallback<?> awaiting
              ? added.calling(new Late(loop, late, awaiting.awaiter(), added.callback()))
              : added);
    });
  }

  private record Late(
      MutantLoop loop, Flag late, Future<?> awaiter, Consumer<? super Future<Object>> callback)
      implements AwaitingCallback<Object> {

    @Override
    public void accept(Future<Object> done) {
      if (late.isSet()) {
        loop.callSoon(() -> callback.accept(done));
      } else {
        callback.accept(done);
      }
    }
  }
}
