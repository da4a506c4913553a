package org.asyncio4j.tck.mutants.callbacks;

import java.util.Objects;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 2: what handles are called. */
public final class HandleTextMutants extends Defects {

  public HandleTextMutants() {
    defect("2.31", "calls handles by their own class")
        .also("2.6")
        .loop(loop -> loop.handles(loop.callSoon, it -> it.toString.always("IoHandle@1234")));

    defect("2.31", "forgets the names of timers that have run")
        .loop(HandleTextMutants::forgetNames);

    defect("2.32", "reports without a name of the callback")
        .loop(loop ->
            loop.callExceptionHandler.given(report ->
                ErrorReport.of("Exception in callback")
                    .withException(report.exception().orElse(null))
                    .withHandle(report.handle().orElse(null))));

    defect("2.32", "lets the text of a timer throw")
        .also("2.31")
        .loop(loop ->
            loop.callAt.given(
                timer -> timer.calling(reporting(loop, Objects.requireNonNull(timer.callback())))));
  }

  private static void forgetNames(MutantLoop loop) {
    loop.timers((handle, it) -> {
      long before = loop.ticks();
      it.toString.returns(
          text -> loop.ticks() > before && !handle.isCancelled() ? "<Handle done>" : text);
    });
  }

  private static Runnable reporting(MutantLoop loop, Runnable callback) {
    return () -> {
      try {
        callback.run();
      } catch (RuntimeException failure) {
        loop.callExceptionHandler(
            ErrorReport.of("Exception in callback " + callback).withException(failure));
      }
    };
  }
}
