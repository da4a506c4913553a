package org.asyncio4j.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.EventLoopInfo;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.LogProbe;
import org.asyncio4j.tck.probe.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop that was given to an application, which did not use it. */
final class UnusedLoopTest {

  static Stream<String> loops() {
    return Asyncio.eventLoops().stream()
        .filter(EventLoopInfo::isAvailable)
        .map(EventLoopInfo::name);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void isReportedWhenItIsForgotten(String name) {
    try (LogProbe log = LogProbe.start()) {
      WeakReference<EventLoop> loop = new WeakReference<>(Asyncio.newEventLoop(name));

      new Patience(TckSettings.fromSystemProperties())
          .untilCollected("the loop must be collected", () -> loop.refersTo(null));

      new Patience(TckSettings.fromSystemProperties())
          .until("the loop must be reported", () -> isReported(log, name));
      assertThat(log.entries())
          .anySatisfy(entry ->
              assertThat(entry.message()).endsWith("; debug mode shows where it was opened"));
    }
  }

  private static boolean isReported(LogProbe log, String name) {
    return log.entries().stream()
        .anyMatch(entry -> entry.message().startsWith("unclosed event loop <EventLoop " + name));
  }
}
