package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.internal.cycle.Completion;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/** Everything has a name in messages, logs and dumps. */
@HangGuard
class NamesTest {

  @OnEachEngine
  void theNameOfATaskIsThatOfItsThread(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      List<String> seen = new ArrayList<>();
      Task<?> task =
          loop.createTask(
              () -> {
                seen.add(Thread.currentThread().getName());
                loop.currentTask().orElseThrow().setName("renamed by itself");
                seen.add(Thread.currentThread().getName());
                Asyncio.sleep(Duration.ZERO);
                seen.add(Thread.currentThread().getName());
                return null;
              },
              TaskOptions.named("given"));
      Task<?> early = loop.createTask(() -> seen.add(Thread.currentThread().getName()));
      early.setName("renamed before its first step");
      loop.callSoon(() -> task.setName("renamed by another"));
      loop.run(() -> {
        TestLoop.yieldUntil(() -> task.isDone() && early.isDone());
        return null;
      });
      assertThat(seen)
          .containsExactly(
              "given", "renamed by itself", "renamed before its first step", "renamed by another");
    }
  }

  @OnEachEngine
  void threadsOfTheDefaultExecutorAreCalledAfterTheLoop(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      List<String> names = new ArrayList<>();
      loop.run(() -> {
        for (int i = 0; i < 3; i++) {
          names.add(Asyncio.toThread(() -> Thread.currentThread().getName()));
        }
        return null;
      });
      assertThat(names)
          .containsExactly(
              "asyncio4j-parking-executor-0",
              "asyncio4j-parking-executor-1",
              "asyncio4j-parking-executor-2");
    }
  }

  @Test
  void messagesNameAVirtualThreadThatHasNoName() throws InterruptedException {
    TestLoop loop = TestLoop.onCarrier();
    Promise<String> pending = loop.createFuture();
    AsyncLock lock = new AsyncLock();
    lock.acquire();
    Promise<String> awaited = loop.createFuture();
    CountDownLatch running = new CountDownLatch(1);
    loop.callSoon(running::countDown);
    Thread runner = Thread.ofPlatform().start(loop::runForever);
    running.await();
    List<ThrowingRunnable<Exception>> refused =
        List.of(
            Asyncio::runningLoop,
            () -> Timeout.after(Duration.ZERO),
            () -> TaskGroup.call((TaskGroup group) -> group.toString()),
            () -> Asyncio.gather(List.of()),
            () -> Asyncio.sleep(Duration.ZERO),
            pending::await,
            lock::acquire,
            () -> awaited.setResult("from elsewhere"),
            () -> loop.callSoon(() -> {}));
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    AtomicReference<Long> id = new AtomicReference<>();
    Thread unnamed =
        Thread.ofVirtual()
            .start(() -> {
              id.set(Thread.currentThread().threadId());
              refused.forEach(action -> thrown.add(catchThrowable(action::run)));
            });
    unnamed.join();
    loop.callSoonThreadsafe(loop::stop);
    runner.join();
    loop.close();
    assertThat(thrown)
        .hasSameSizeAs(refused)
        .allSatisfy(
            refusal -> assertThat(refusal).hasMessageContaining(" virtual thread #" + id.get()));
  }

  @Test
  void anEmptyNameIsShownInQuotes() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Task<String> task = loop.createTask(() -> "value", TaskOptions.named(""));
      assertThat(task).hasToString("<Task '' pending>");
      task.setName(" ");
      assertThat(task).hasToString("<Task ' ' pending>");
      loop.run(() -> null);
    }
    assertThatThrownBy(() -> ContextVar.named("").get()).hasMessageContaining("variable '': ");
  }

  @Test
  void handlesNameWhatTheyCall() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Runnable named = new Named();
      Promise<String> future = loop.createFuture();
      assertThat(loop.callSoon(named)).hasToString("<Handle the named one>");
      assertThat(loop.callSoon(() -> {}))
          .hasToString("<Handle lambda in org.asyncio4j.spi.NamesTest>");
      assertThat(loop.callSoonThreadsafe(this::nothing))
          .hasToString("<Handle lambda in org.asyncio4j.spi.NamesTest>");
      assertThat(loop.callAt(12, named)).hasToString("<TimerHandle when=12 the named one>");
      assertThat(loop.newIoHandle(named, Context.empty())).hasToString("<Handle the named one>");
      assertThat(loop.newIoHandle(named, Context.empty(), "accept on", "/127.0.0.1:80"))
          .hasToString("<Handle accept on /127.0.0.1:80>");
      assertThat(new DoneCallback<>((FutureState<String>) future, done -> {}, Context.empty()))
          .hasToString(
              "<Handle lambda in org.asyncio4j.spi.NamesTest as done-callback of <Future"
                  + " pending>>");
      assertThat(new Completion(future, named)).hasToString("completion of <Future pending>");
    }
  }

  @Test
  void inDebugModeAHandleShowsWhereItWasCreated() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.setDebug(true);
      assertThat(loop.callSoon(this::nothing).toString())
          .startsWith("<Handle lambda in org.asyncio4j.spi.NamesTest created at ")
          .endsWith(")>");
    }
  }

  /** Whatever users do, the report is made, and the loop lives on. */
  @OnEachEngine
  void aToStringThatThrowsIsHarmless(CoroutineMode mode) {
    List<ErrorReport> reports = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode);
        CapturedLog log = CapturedLog.start()) {
      loop.setExceptionHandler((source, report) -> {
        reports.add(report);
        source.defaultExceptionHandler(report);
      });
      loop.run(() -> {
        loop.callSoon(new Unspeakable());
        Awaiter.yieldOnce();
        return null;
      });
      assertThat(reports)
          .singleElement()
          .satisfies(report ->
              assertThat(report.message())
                  .isEqualTo(
                      "Exception in callback <Handle org.asyncio4j.spi.NamesTest$Unspeakable (whose"
                          + " toString threw java.lang.IllegalStateException)>"));
      assertThat(log.messages()).singleElement().asString().contains("Unspeakable");
      assertThat(log.thrown()).singleElement().isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void nothing() {}

  private static final class Named implements Runnable {

    @Override
    public void run() {}

    @Override
    public String toString() {
      return "the named one";
    }
  }

  private static final class Unspeakable implements Runnable {

    @Override
    public void run() {
      throw new IllegalArgumentException("on purpose");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no words");
    }
  }
}
