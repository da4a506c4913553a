package org.asyncio4j.tck.rules;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LogProbe;
import org.asyncio4j.tck.probe.LoopFixture;

/**
 * Chapter 1, part six: loops that are not closed. The fixture holds the loops that it opens, so
 * these come from the provider itself.
 */
final class ForgottenLoopRules {

  private static final String WARNING = "unclosed event loop";
  // The methods that open loops; a report of an earlier rule may be late.
  private static final String REPORTED = "aForgottenLoopIsReportedOnce";
  private static final String CLOSED = "aClosedLoopIsNotReported";
  private static final int SEVERAL = 3;

  private final LoopFixture fixture;
  private String classOfLoops = "";

  ForgottenLoopRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Opens loops in debug mode, runs some, and drops them. Loops of others that are collected
   * meanwhile are distinguished from these by where they were opened.
   *
   * <p>If it fails: see {@code BaseEventLoop.closeIfForgotten}. What it was given must not refer to
   * the loop, and no thread that refers to the loop may live while that does not run.
   */
  @Rule("1.33")
  void aForgottenLoopIsReportedOnce() {
    try (LogProbe log = LogProbe.start()) {
      for (int count = 1; count <= SEVERAL; count++) {
        int expected = count;
        openAndForget(count);
        fixture
            .patience()
            .untilCollected(
                "a loop that is forgotten must be reported in the log, as a warning '%s', together with where it was opened"
                    .formatted(WARNING),
                () -> warnings(log, REPORTED) >= expected);
      }
      System.gc();
      System.gc();
      Expect.equal("the number of warnings", (long) SEVERAL, warnings(log, REPORTED));
    }
  }

  /**
   * Opens loops, runs some, leaves timers, futures and callbacks behind, and drops them. The kit
   * compares descriptors and threads afterwards.
   *
   * <p>If it fails: see {@code closeIfForgotten} and {@code Poller.resources}.
   */
  @Rule("1.34")
  void aForgottenLoopGivesItsResourcesBack() {
    List<WeakReference<EventLoop>> loops = new ArrayList<>();
    for (int count = 0; count < SEVERAL; count++) {
      loops.add(openAndForget(count));
    }
    fixture
        .patience()
        .untilCollected(
            "loops that are forgotten must be collected",
            () -> loops.stream().allMatch(loop -> loop.get() == null));
  }

  /**
   * Opens loops, runs some, closes and drops them.
   *
   * <p>If it fails: a loop that is closed takes back what it has registered.
   */
  @Rule("1.35")
  void aClosedLoopIsNotReported() {
    try (LogProbe log = LogProbe.start()) {
      List<WeakReference<EventLoop>> loops = new ArrayList<>();
      for (int count = 0; count < SEVERAL; count++) {
        loops.add(openAndClose(count));
      }
      fixture
          .patience()
          .untilCollected(
              "loops that are closed must be collected",
              () -> loops.stream().allMatch(loop -> loop.get() == null));
      // The report of another loop shows that the cleaner has run.
      WeakReference<EventLoop> ignored = openAndForget(0);
      fixture
          .patience()
          .untilCollected(
              "a loop that is forgotten must be reported", () -> warnings(log, CLOSED) > 0);
      Expect.equal("the number of warnings", 1L, warnings(log, CLOSED));
    }
  }

  // In methods of their own, so that no local variable holds the loop.
  private WeakReference<EventLoop> openAndForget(int number) {
    return new WeakReference<>(open(number));
  }

  private WeakReference<EventLoop> openAndClose(int number) {
    EventLoop loop = open(number);
    loop.close();
    return new WeakReference<>(loop);
  }

  private EventLoop open(int number) {
    EventLoop loop = fixture.provider().open(fixture.context().withDebug(true));
    classOfLoops = loop.getClass().getName();
    Promise<String> future = loop.createFuture();
    future.addDoneCallback(_ -> loop.stop());
    if (number % 2 == 1) {
      String ignored =
          loop.runUntilComplete(
              loop.createTask(() -> {
                Asyncio.sleep(Duration.ofNanos(1));
                return Asyncio.toThread(() -> "ran");
              }));
    }
    loop.callLater(Duration.ofHours(1), loop::stop);
    loop.callSoon(loop::stop);
    return loop;
  }

  private long warnings(LogProbe log, String rule) {
    return log.entries().stream()
        .filter(entry -> entry.message().contains(WARNING))
        .filter(entry -> entry.thrown().filter(openedAt -> isOf(rule, openedAt)).isPresent())
        .count();
  }

  /** Loops of other rules and of other classes may be collected and reported meanwhile. */
  private boolean isOf(String rule, Throwable openedAt) {
    return hasFrame(openedAt, ForgottenLoopRules.class.getName(), rule)
        && (hasFrame(openedAt, classOfLoops, "<init>")
            || hasFrame(openedAt, fixture.provider().getClass().getName(), "open"));
  }

  private static boolean hasFrame(Throwable trace, String type, String method) {
    return Arrays.stream(trace.getStackTrace())
        .anyMatch(
            frame -> frame.getClassName().equals(type) && frame.getMethodName().equals(method));
  }
}
