package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;

/**
 * I/O with a limit compiles in a method that declares only its own exceptions: the test is that
 * these methods compile. If {@link TimeoutException} were no {@link IOException}, a block that
 * throws both would be inferred to throw {@link Exception}.
 */
@HangGuard
class LimitDeclarationTest {

  private TimedLoop loop;
  private Promise<String> input;

  private String read() throws IOException {
    return input.awaitThrowing(IOException.class);
  }

  private String readOf(TaskGroup group) throws IOException {
    return group.createTask(this::read).awaitThrowing(IOException.class);
  }

  private void skip() throws IOException {
    String ignored = read();
  }

  // Methods that declare IOException alone.

  private String expression() throws IOException {
    return Asyncio.timeout(TEN, () -> read());
  }

  private String reference() throws IOException {
    return Asyncio.timeout(TEN, this::read);
  }

  private void withoutResult() throws IOException {
    Asyncio.timeout(TEN, this::skip);
    Asyncio.timeout(
        TEN,
        () -> {
          skip();
        });
  }

  private String block() throws IOException {
    return Asyncio.timeout(
        TEN,
        () -> {
          String line = read();
          return line.strip();
        });
  }

  private String rescheduled() throws IOException {
    return Timeout.after(TEN)
        .call(limit -> {
          limit.reschedule(Timeout.NEVER);
          limit.reschedule(TEN);
          return read();
        });
  }

  private String atATime() throws IOException {
    return Asyncio.timeoutAt(loop.time() + TEN.toNanos(), () -> read());
  }

  private String nested() throws IOException {
    return Asyncio.timeout(TEN.multipliedBy(2), () -> Asyncio.timeout(TEN, () -> read()));
  }

  private String inAGroup() throws IOException {
    return TaskGroup.call(group -> {
      Task<String> line = group.createTask(() -> read());
      return Asyncio.timeout(TEN, () -> line.awaitThrowing(IOException.class));
    });
  }

  private void inAGroupWithoutResult() throws IOException {
    TaskGroup.run(group -> {
      Task<String> ignored = group.createTask(() -> read());
      Asyncio.timeout(TEN, this::skip);
    });
  }

  private String aGroupUnderALimit() throws IOException {
    return Asyncio.timeout(TEN, () -> TaskGroup.call(this::readOf));
  }

  private String aWait() throws IOException {
    return TaskGroup.call((TaskGroup group) -> Asyncio.waitFor(group.createTask(this::read), TEN));
  }

  // Methods that declare both, and distinguish them.

  private String both() throws IOException, TimeoutException {
    return TaskGroup.call((TaskGroup group) -> Asyncio.timeout(TEN, () -> read()));
  }

  private String apart() {
    try {
      return TaskGroup.call(group -> {
        return Asyncio.timeout(TEN, () -> read());
      });
    } catch (TimeoutException late) {
      return "late";
    } catch (IOException failed) {
      return "failed";
    }
  }

  // A method without I/O declares the limit alone.

  private String computation() throws TimeoutException {
    Future<String> computed = input;
    return TaskGroup.call((TaskGroup group) -> Asyncio.timeout(TEN, () -> computed.await()));
  }

  private interface Reading {
    Object run() throws IOException;
  }

  private List<Reading> readings() {
    return List.of(
        this::expression,
        this::reference,
        this::block,
        this::rescheduled,
        this::atATime,
        this::nested,
        this::inAGroup,
        this::aGroupUnderALimit,
        this::aWait,
        this::both,
        this::computation,
        () -> nothing(this::withoutResult),
        () -> nothing(this::inAGroupWithoutResult));
  }

  private static Object nothing(ThrowingRunnable<IOException> body) throws IOException {
    body.run();
    return "nothing";
  }

  @OnEachEngine
  void aLimitIsAnIoException(CoroutineMode mode) {
    for (Reading reading : readings()) {
      assertThat(endOf(mode, reading, () -> loop.pass(TEN)))
          .isExactlyInstanceOf(TimeoutException.class)
          .isInstanceOf(IOException.class);
    }
  }

  @OnEachEngine
  void aFailureOfTheBodyIsThrownUnchanged(CoroutineMode mode) {
    IOException failure = new FileNotFoundException("on purpose");
    for (Reading reading : readings()) {
      assertThat(endOf(mode, reading, () -> input.setException(failure))).isSameAs(failure);
    }
  }

  @OnEachEngine
  void theTwoCanBeDistinguished(CoroutineMode mode) {
    assertThat(resultOf(mode, this::apart, () -> loop.pass(TEN))).isEqualTo("late");
    assertThat(resultOf(mode, this::apart, () -> input.setException(new IOException())))
        .isEqualTo("failed");
  }

  private Throwable endOf(CoroutineMode mode, Reading reading, Runnable event) {
    return catchThrowable(() -> resultOf(mode, reading, event));
  }

  private Object resultOf(CoroutineMode mode, Reading reading, Runnable event) {
    try (TimedLoop opened = TimedLoop.timed(mode)) {
      loop = opened;
      input = opened.createFuture();
      return opened.run(() -> {
        Task<Object> task = opened.createTask(reading::run);
        settle();
        event.run();
        return finish(task).result();
      });
    }
  }
}
