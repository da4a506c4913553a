package org.asyncio4j.examples.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Limits and cancellations end blocking calls, whichever exception these throw when interrupted.
 */
@org.junit.jupiter.api.Timeout(60)
final class BlockingCallsTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  static Stream<Arguments> everywhere() {
    return BlockingCall.all().flatMap(call -> Setup.all().map(setup -> Arguments.of(call, setup)));
  }

  static Stream<Arguments> onCarrier() {
    return BlockingCall.all()
        .flatMap(call ->
            Setup.all()
                .filter(setup -> setup.engine().equals("carrier"))
                .map(setup -> Arguments.of(call, setup)));
  }

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void aLimitEndsThem(BlockingCall call, Setup setup) throws Exception {
    run(
        call,
        setup,
        blocking -> {
          assertThatThrownBy(() -> Asyncio.timeout(SHORT, blocking))
              .isInstanceOf(TimeoutException.class)
              .hasMessage("not done within " + SHORT)
              .cause()
              .isNotInstanceOf(CancelledError.class);
          assertNothingIsLeft();
        });
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("onCarrier")
  void aCancellationEndsThem(BlockingCall call, Setup setup) throws Exception {
    run(
        call,
        setup,
        blocking -> {
          Task<?> task = Asyncio.createTask(blocking);
          Asyncio.sleep(Duration.ZERO);
          task.cancel("enough");
          assertThatCancelled(task);
        });
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void aCancellationByAForeignThreadEndsThem(BlockingCall call, Setup setup) throws Exception {
    run(
        call,
        setup,
        blocking -> {
          Task<?> task = Asyncio.createTask(blocking);
          Thread foreign = Thread.ofPlatform().start(() -> task.cancelThreadsafe("enough"));
          assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
          assertThat(task.isCancelled()).isTrue();
          foreign.join();
        });
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("onCarrier")
  void aGroupThatIsCancelledEndsThem(BlockingCall call, Setup setup) throws Exception {
    run(
        call,
        setup,
        blocking -> {
          String value =
              TaskGroup.call(group -> {
                group.createTask(group::cancel);
                blocking.run();
                return "value";
              });
          assertThat(value).isNull();
          assertNothingIsLeft();
        });
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aCallThatDoesNotReactToInterruptsKeepsItsLimitWaiting(Setup setup) throws Exception {
    setup.run(() -> {
      try (Resources resources = new Resources()) {
        ReentrantLock lock = new ReentrantLock();
        Timeout limit = Timeout.after(Duration.ZERO);
        String value =
            limit.call(() -> {
              resources.heldForAMomentByAnotherThread(lock);
              lock.lock();
              return "locked";
            });
        assertThat(value).isEqualTo("locked");
        assertNothingIsLeft();
      }
    });
  }

  private static void run(BlockingCall call, Setup setup, Use use) throws Exception {
    try (Resources resources = new Resources()) {
      ThrowingRunnable<Exception> blocking = call.setUp().open(resources);
      setup.run(() -> use.of(blocking));
    }
  }

  private static void assertThatCancelled(Task<?> task) {
    assertThatThrownBy(task::await)
        .isInstanceOf(CancelledError.class)
        .hasMessage("enough")
        .hasCauseInstanceOf(Exception.class);
    assertThat(task.isCancelled()).isTrue();
  }

  private static void assertNothingIsLeft() {
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(Asyncio.currentTask().orElseThrow().cancelling()).isZero();
    Asyncio.sleep(Duration.ZERO);
  }

  /** An operation on a call. */
  @FunctionalInterface
  private interface Use {
    void of(ThrowingRunnable<Exception> blocking) throws Exception;
  }
}
