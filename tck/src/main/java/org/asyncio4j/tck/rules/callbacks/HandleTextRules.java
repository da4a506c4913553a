package org.asyncio4j.tck.rules.callbacks;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 2, part five: the text of handles in logs. */
final class HandleTextRules {

  private static final String OF_CLASS = "NamedCallback";
  private static final String OF_LAMBDA = "HandleTextRules";
  private static final String OF_TEXT = "the text of a callback";

  private static final List<Function<EventLoop, Function<Runnable, Handle>>> WAYS =
      List.of(
          loop -> loop::callSoon,
          loop -> loop::callSoonThreadsafe,
          loop -> callback -> loop.callLater(Duration.ZERO, callback),
          loop -> callback -> loop.callAt(loop.time(), callback));

  private final LoopFixture fixture;

  HandleTextRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Checks handles of lambdas and objects that are pending, that have run, and that are cancelled.
   */
  @Rule("2.31")
  @Hint("Keep the class of the callback when a handle releases it.")
  void aHandleNamesItsCallback() {
    EventLoop loop = fixture.loop();
    for (Function<EventLoop, Function<Runnable, Handle>> way : WAYS) {
      Function<Runnable, Handle> scheduling = way.apply(loop);
      Handle ofClass = scheduling.apply(new NamedCallback());
      Handle ofLambda = scheduling.apply(() -> {});
      Handle ofText = scheduling.apply(new TextCallback());
      Handle cancelled = scheduling.apply(new NamedCallback());
      Handle cancelledLambda = scheduling.apply(() -> {});
      expectText("a handle", ofClass, OF_CLASS);
      expectText("a handle", ofLambda, OF_LAMBDA);
      expectText("a handle", ofText, OF_TEXT);

      cancelled.cancel();
      cancelledLambda.cancel();
      expectText("a cancelled handle", cancelled, OF_CLASS);
      expectText("a cancelled handle", cancelledLambda, OF_LAMBDA);
      Expect.mentions("a cancelled handle", cancelled.toString(), "cancelled");

      fixture.tick();
      fixture.tick();
      expectText("a handle that has run", ofClass, OF_CLASS);
      expectText("a handle that has run", ofLambda, OF_LAMBDA);
    }
  }

  /** Lets callbacks fail: of a class, of a lambda, and one whose {@code toString} throws. */
  @Rule("2.32")
  @Hint("Describe the handle in the message, and catch exceptions that this throws.")
  void theReportOfAFailureNamesTheCallback() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    for (Function<EventLoop, Function<Runnable, Handle>> way : WAYS) {
      IllegalArgumentException failure = new IllegalArgumentException("on purpose");
      Function<Runnable, Handle> scheduling = way.apply(loop);
      expectReport(scheduling, new FailingCallback(failure), "FailingCallback", failure);
      expectReport(scheduling, failing(failure), OF_LAMBDA, failure);
      expectReport(scheduling, new UnspeakableCallback(failure), "UnspeakableCallback", failure);
    }
    loop.callSoon(trace.adding("later"));
    fixture.tick();
    trace.expect("the callbacks that run afterwards", "later");
  }

  private void expectReport(
      Function<Runnable, Handle> scheduling, Runnable callback, String name, Throwable failure) {
    Handle ignored = scheduling.apply(callback);
    fixture.tick();
    fixture.tick();
    ErrorReport report = fixture.takeReport("a callback that throws");
    Expect.mentions("the message of the report", report.message(), name);
    Expect.same("the exception of the report", failure, report.exception().orElse(null));
    Expect.that("one report is enough", fixture.pollReport().isEmpty());
  }

  private static void expectText(String what, Handle handle, String name) {
    Expect.mentions("the text of " + what, handle.toString(), name);
  }

  private static Runnable failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private static final class NamedCallback implements Runnable {

    @Override
    public void run() {}
  }

  private static final class TextCallback implements Runnable {

    @Override
    public void run() {}

    @Override
    public String toString() {
      return OF_TEXT;
    }
  }

  private static class FailingCallback implements Runnable {

    private final RuntimeException failure;

    FailingCallback(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void run() {
      throw failure;
    }
  }

  private static final class UnspeakableCallback extends FailingCallback {

    UnspeakableCallback(RuntimeException failure) {
      super(failure);
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no words");
    }
  }
}
