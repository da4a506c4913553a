package org.asyncio4j.tck.mutants.waiting;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.eager.EagerMutants;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.MutantFuture.DoneCallback;
import org.asyncio4j.tck.mutants.tasks.CancellationMutants;

/** Chapter 12: gather, wait, shield and race. */
public final class WaitingMutants extends Defects {

  public WaitingMutants() {
    defect("12.1", "mixes up values of one tick")
        .loop(loop -> {
          Object[] first = new Object[1];
          Runnable renew = loop.oncePerTick(() -> first[0] = null);
          loop.futures(it ->
              it.setResult.givenIf(
                  String.class::isInstance,
                  value -> {
                    renew.run();
                    first[0] = first[0] == null ? value : first[0];
                    return first[0];
                  }));
        });
    defect("12.2 also .3, .5, .6, .11, .15, .21", "cancels everything when a future fails")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.futures(it -> {
            made.add(it);
            it.setException.after(_ -> made.cancel(_ -> true));
          });
        });
    defect("12.3", "counts one retrieval in a callback")
        .loop(loop -> {
          Flag failed = new Flag();
          loop.futures(it -> {
            Throwable[] kept = new Throwable[1];
            it.setException.after(failed, thrown -> kept[0] = thrown);
            it.setException.after(_ -> failed.set());
            it.result.refuse(_ -> kept[0] != null && loop.inCallback(), _ -> kept[0]);
          });
        });
    defect("12.4", "counts each request twice")
        .tasks(it ->
            it.cancel.around((correct, message) -> {
              boolean accepted = correct.call(message);
              return correct.call(message) || accepted;
            }));
    defect("12.5 also .21", "cancels what fails with a cancellation")
        .futures(it ->
            it.setException.insteadIf(
                CancelledError.class::isInstance, thrown -> it.cancel(thrown.getMessage())));

    defect("12.6 also .12, .16, .17", "calls back when a task is asked to end")
        .tasks(it -> {
          List<DoneCallback<Object>> added = it.addDoneCallback.arguments();
          Flag cancelled = new Flag();
          it.cancel.withResult(accepted -> {
            if (accepted && !cancelled.isSet() && !it.isCurrent()) {
              cancelled.set();
              added.forEach(each -> it.loop().callSoon(() -> each.callback().accept(it)));
            }
          });
          CancellationMutants.pretendToBeDone(it, cancelled);
          it.result.refuse(cancelled, _ -> new CancelledError(null));
        });
    defect("12.7 also .9, .10, .13, .14", "cancels a future whose callback is removed")
        .futures(it -> it.removeDoneCallback.after(_ -> it.cancel()));
    defect("12.8 also .20", "forgets callbacks that tasks add to done futures")
        .futures(it ->
            it.addDoneCallback.unless(_ -> it.isDone() && it.loop().currentTask().isPresent()));
    defect("12.9 also .15", "calls timers of tasks at once")
        .loop(loop ->
            loop.callLater.withIf(
                _ -> loop.currentTask().isPresent(), "delay", _ -> Duration.ZERO));
    defect("12.10 also .6", "cancels whatever the call graph names")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.futures(made::add);
          loop.tasks(
              it -> it.cancel.after(_ -> made.cancel(future -> future.awaitedBy().contains(it))));
        });
    defect("12.11", "calls back for the first future of a tick last")
        .loop(loop -> {
          Flag completed = loop.ofThisTick();
          loop.futures(it -> {
            Flag late = new Flag();
            it.setResult.before(_ -> {
              late.put(!completed.isSet());
              completed.set();
            });
            it.addDoneCallback.given(added ->
                (Object) added.callback() instanceof AwaitingCallback<?> awaiting
                    ? added.calling(new Late(loop, late, awaiting.awaiter(), added.callback()))
                    : added);
          });
        });
    defect("12.12", "ignores a cancellation that comes with the result")
        .loop(loop -> {
          Flag completed = loop.ofThisTick();
          loop.futures(it -> it.setResult.after(_ -> completed.set()));
          loop.tasks(it -> it.cancel.unless(completed.and(_ -> !MutantLoop.onLoop())));
        });
    defect("12.13 also .14", "cancels what a cancelled future waits for")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.tasks(made::add);
          loop.futures(it -> {
            made.add(it);
            it.cancel.after(_ ->
                made.cancel(other -> other.awaitedBy().stream().anyMatch(Future::isCancelled)));
          });
        });
    defect("12.14", "removes no callback").futures(it -> it.removeDoneCallback.swallow());
    defect("12.15 also .9", "forgets timers of tasks")
        .loop(loop ->
            loop.callLater.withResult((handle, timer) -> {
              if (loop.currentTask().isPresent() && !timer.delay().isZero()) {
                handle.cancel();
              }
            }));
    defect("12.16 also .15", "cancels no task from a callback")
        .tasks(it -> it.cancel.aroundIf(_ -> it.mutant().inCallback(), (_, _) -> !it.isDone()));

    defect("12.17", "cancels one task a step")
        .loop(loop -> {
          AtomicReference<Optional<Task<?>>> last = new AtomicReference<>(Optional.empty());
          Runnable renew = loop.oncePerTick(() -> last.set(Optional.empty()));
          loop.tasks(it ->
              it.cancel.around((correct, message) -> {
                renew.run();
                Optional<Task<?>> current = loop.currentTask();
                boolean again = current.isPresent() && current.equals(last.get());
                last.set(current);
                return again || correct.call(message);
              }));
        });
    defect("12.18", "does not know its awaiters").futures(it -> it.awaitedBy.always(List.of()));
    defect("12.18", "does not know awaiters that use a callback")
        .futures(it -> it.awaitedBy.returns(EagerMutants::onlyTasks));
    defect("12.19", "claims to belong to the loop that runs")
        .loop(loop ->
            loop.promises(
                it -> it.loop.returns(own -> MutantLoop.onLoop() ? Asyncio.runningLoop() : own)));
    defect("12.20 also .14", "calls only callbacks that name their awaiter")
        .futures(it ->
            it.addDoneCallback.onlyIf(
                added -> (Object) added.callback() instanceof AwaitingCallback<?>));
    defect("12.21 also .5, .6", "stores a copy of the error")
        .futures(it ->
            it.setException.givenIf(
                CancelledError.class::isInstance,
                thrown -> new CancelledError(thrown.getMessage())));
    // A shield has a future of its own, so the second error is that of the first shield.
    defect("12.21", "cancels the second future that fails with the error", Turn.nth(2))
        .futures(it ->
            it.setException.insteadIf(
                thrown -> thrown instanceof CancelledError && it.mutant().turn().comes(),
                thrown -> it.cancel(thrown.getMessage())));
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
