package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Handle;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class ErrorReporterTest {

  private final List<ErrorReport> byDefault = new ArrayList<>();

  @Test
  void theHandlerGetsTheReportAndTheLoop() {
    try (Recording loop = new Recording()) {
      ErrorReporter reporter = new ErrorReporter(loop);
      List<Object> handled = new ArrayList<>();
      reporter.setHandler((source, report) -> {
        handled.add(source);
        handled.add(report);
      });
      ErrorReport report = ErrorReport.of("something");

      reporter.report(report);

      assertThat(handled).containsExactly(loop, report);
      assertThat(byDefault).isEmpty();
    }
  }

  @Test
  void withoutAHandlerTheDefaultOneGetsIt() {
    try (Recording loop = new Recording()) {
      ErrorReport report = ErrorReport.of("something");
      ErrorReporter reporter = new ErrorReporter(loop);
      reporter.setHandler((source, ignored) -> {});
      reporter.setHandler(null);

      reporter.report(report);

      assertThat(byDefault).containsExactly(report);
      assertThat(reporter.handler()).isNull();
    }
  }

  @Test
  void aHandlerThatThrowsIsReportedWithTheReportItHandled() {
    try (Recording loop = new Recording()) {
      IllegalStateException original = new IllegalStateException("original");
      IllegalStateException ofHandler = new IllegalStateException("of the handler");
      ErrorReporter reporter = new ErrorReporter(loop);
      reporter.setHandler((source, report) -> {
        throw ofHandler;
      });

      reporter.report(ErrorReport.of("something").withException(original));

      assertThat(byDefault)
          .singleElement()
          .satisfies(report -> {
            assertThat(report.message()).contains("exception handler").contains("something");
            assertThat(report.exception()).containsSame(ofHandler);
          });
      assertThat(ofHandler).hasSuppressedException(original);
    }
  }

  @Test
  void aHandlerThatRethrowsItsExceptionIsReported() {
    try (Recording loop = new Recording()) {
      ErrorReporter reporter = new ErrorReporter(loop);
      reporter.setHandler((source, report) -> {
        throw new AssertionError(report.exception().orElseThrow());
      });
      reporter.report(ErrorReport.of("something").withException(new Error("on purpose")));
      assertThat(byDefault).hasSize(1);
    }
  }

  @Test
  void aDefaultHandlerThatThrowsIsLoggedAndNothingIsThrown() {
    try (Recording loop = new Recording();
        CapturedLog log = CapturedLog.start()) {
      loop.failure = new IllegalStateException("of the default handler");
      ErrorReporter reporter = new ErrorReporter(loop);

      assertThatCode(() -> reporter.report(ErrorReport.of("something"))).doesNotThrowAnyException();

      assertThat(log.messages()).anyMatch(message -> message.contains("something"));
      assertThat(log.thrown()).contains(loop.failure);
    }
  }

  @Test
  void theLogContainsAllThatIsKnown() {
    try (TestLoop loop = TestLoop.onCarrier();
        CapturedLog log = CapturedLog.start()) {
      Handle handle = loop.callSoon(() -> {});
      Throwable thrown = new IllegalStateException("on purpose");
      ErrorReporter.log(
          ErrorReport.of("what happened")
              .withException(thrown)
              .withHandle(handle)
              .withFuture(loop.createFuture())
              .withAddress("127.0.0.1:80")
              .withCreatedAt(new Throwable("made here")));

      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains(
              "what happened",
              "handle: <Handle",
              "future: <Future pending>",
              "address: 127.0.0.1:80",
              "created at:",
              "theLogContainsAllThatIsKnown");
      assertThat(log.thrown()).containsExactly(thrown);
    }
  }

  private final class Recording extends TestLoop {

    private RuntimeException failure;

    Recording() {
      super(LoopContext.defaults().withCoroutines(CoroutineMode.CARRIER));
    }

    @Override
    public void defaultExceptionHandler(ErrorReport report) {
      byDefault.add(report);
      if (failure != null) {
        throw failure;
      }
    }
  }
}
