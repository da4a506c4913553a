package org.asyncio4j.tck.mutants.futures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantFuture;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 4: waiting for futures, and exceptions that nobody retrieves. */
public final class AwaitMutants extends Defects {

  public AwaitMutants() {
    defect("4.8", "takes every exception for retrieved")
        .futures(it -> it.setException.after(it::exception));

    defect("4.9", "reports retrieved exceptions too")
        .futures(it -> {
          Throwable[] failure = new Throwable[1];
          it.setException.after(thrown -> failure[0] = thrown);
          it.exception.around((correct, _) -> failure[0] == null ? correct.call() : failure[0]);
        });

    defect("4.14", "yields before the result of a done future is returned")
        .futures(it ->
            it.await.before(
                () -> it.isDone() && it.loop().currentTask().isPresent(),
                () -> Asyncio.sleep(Duration.ZERO)));

    defect("4.15", "wraps what await throws")
        .also("4.21")
        .futures(it -> it.await.insteadOf(IOException.class, UncheckedIOException::new));

    defect("4.16", "returns null outside a task")
        .futures(it -> it.await.unless(() -> !it.isDone() && isOnOwnLoop(it) && !isInTask(it)));

    defect("4.17", "returns null to tasks of other loops")
        .futures(it -> it.await.unless(() -> MutantLoop.onLoop() && !isOnOwnLoop(it)));

    defect("4.18", "wakes the last first").loop(this::wakeTheLastFirst);

    defect("4.21", "loses what comes from other threads")
        .loop(loop ->
            loop.callSoonThreadsafe.given(callback -> MutantLoop.onLoop() ? callback : () -> {}));
  }

  private void wakeTheLastFirst(MutantLoop loop) {
    loop.futures(it -> {
      Deque<Promise<Object>> waiting = new ArrayDeque<>();
      it.await.before(() -> {
        if (!it.isDone() && isInTask(it)) {
          Promise<Object> own = loop.newFuture();
          waiting.push(own);
          Object ignored = own.await();
        }
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
}
