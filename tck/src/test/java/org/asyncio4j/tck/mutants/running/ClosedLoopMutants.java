package org.asyncio4j.tck.mutants.running;

import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantFuture;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Seam;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 1: futures of loops that are closed. */
public final class ClosedLoopMutants extends Defects {

  public ClosedLoopMutants() {
    defect("1.30", "loses callbacks of a closed loop silently")
        .futures(it -> silently(it, it.setResult, Turn.always()));

    defect("1.30", "refuses the first future of a closed loop only")
        .loop(loop -> {
          Turn silent = Turn.fromSecond();
          loop.futures(it -> silently(it, it.setResult, silent));
        });

    defect("1.30", "fails futures of a closed loop silently")
        .futures(it -> silently(it, it.setException, Turn.always()));

    defect("1.31", "loses callbacks that are added too late")
        .futures(it -> silently(it, it.addDoneCallback, Turn.always()));

    defect("1.31", "refuses the first late callback only")
        .futures(it -> silently(it, it.addDoneCallback, Turn.fromSecond()));

    defect("1.32", "refuses to cancel on a closed loop")
        .futures(it ->
            onLateCancel(
                it,
                () -> {
                  throw new IllegalStateException("Event loop is closed");
                }));

    defect("1.32", "reports the second future that is cancelled too late")
        .loop(ClosedLoopMutants::reportTheSecondCancel);
  }

  private static void reportTheSecondCancel(MutantLoop loop) {
    Turn reported = Turn.second();
    loop.futures(it ->
        onLateCancel(
            it,
            () -> {
              if (reported.getAsBoolean()) {
                loop.callExceptionHandler(ErrorReport.of("callbacks are lost"));
              }
            }));
  }

  /** Swallows that the loop is closed. */
  private static void silently(MutantFuture<Object> it, Seam<?, ?> method, Turn silent) {
    method.swallowing(
        IllegalStateException.class, _ -> it.loop().isClosed() && silent.getAsBoolean());
  }

  private static void onLateCancel(MutantFuture<Object> it, Seam.Step step) {
    it.cancel.around((correct, message) -> {
      boolean pending = !it.isDone();
      boolean accepted = correct.call(message);
      if (pending && it.loop().isClosed()) {
        step.take();
      }
      return accepted;
    });
  }
}
