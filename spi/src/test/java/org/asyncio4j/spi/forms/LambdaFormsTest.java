package org.asyncio4j.spi.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncio4j.Runner;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.ThrowingFunction;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Passes an expression lambda, a block lambda and a method reference, with and without a result, to
 * every method of the application API that takes code, where checked exceptions are thrown.
 */
class LambdaFormsTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final TaskOptions NAMED = TaskOptions.named("named");

  private final List<String> trace = new ArrayList<>();

  private String read() throws IOException {
    if (trace.size() > 1_000) {
      throw new EOFException("nothing is left");
    }
    trace.add("read");
    return "line";
  }

  private void skip() throws IOException {
    read();
  }

  private String readOf(Object given) throws IOException {
    assertThat(given).isNotNull();
    return read();
  }

  private void skipOf(Object given) throws IOException {
    readOf(given);
  }

  private void note() {
    trace.add("noted");
  }

  private void noteThat(Object what) {
    trace.add("noted " + what);
  }

  @OnEachEngine
  void groups(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          TaskGroup.run(group -> group.createTask(() -> "x"));
          TaskGroup.run(group -> group.createTask(() -> skip()));
          TaskGroup.run(group -> skip());
          TaskGroup.run(group -> {
            group.createTask(
                () -> {
                  skip();
                  return read();
                },
                NAMED);
            group.createTask(this::read);
            group.createTask(this::skip);
            group.createTask(() -> skip(), NAMED);
            group.createTask(
                () -> {
                  skip();
                },
                NAMED);
          });
          TaskGroup.run(this::skipOf);
          TaskGroup.run(this::readOf);
          assertThatThrownBy(() ->
                  TaskGroup.run(group -> {
                    while (true) {
                      skip();
                    }
                  }))
              .isInstanceOf(EOFException.class);
          trace.clear();
          Promise<String> promise = loop.createFuture();
          promise.setResult("promised");
          String awaited = TaskGroup.call(group -> group.createTask(promise::await).await());
          String block =
              TaskGroup.call(group -> {
                Task<String> child = group.createTask(this::read);
                return child.awaitThrowing(IOException.class);
              });
          String reference = TaskGroup.call(this::readOf);
          assertThat(awaited + block + reference).isEqualTo("promisedlineline");
        });
  }

  @OnEachEngine
  void limits(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          Timeout.after(LIMIT).run(() -> skip());
          Timeout.after(LIMIT)
              .run(() -> {
                skip();
              });
          Timeout.after(LIMIT).run(this::skip);
          Timeout.after(LIMIT).run(this::read);
          Timeout.after(LIMIT).run(limit -> limit.reschedule(LIMIT));
          Timeout.after(LIMIT)
              .run(limit -> {
                limit.reschedule(LIMIT);
                skip();
              });
          Timeout.after(LIMIT).run(this::skipOf);
          String value = Timeout.after(LIMIT).call(() -> read());
          String block =
              Timeout.after(LIMIT)
                  .call(() -> {
                    skip();
                    return read();
                  });
          String reference = Timeout.after(LIMIT).call(this::read);
          long when = Timeout.after(LIMIT).call(limit -> limit.when());
          String limited =
              Timeout.at(when)
                  .call(limit -> {
                    limit.reschedule(LIMIT);
                    return read();
                  });
          String limitedReference = Timeout.after(LIMIT).call(this::readOf);
          assertThat(value + block + reference + limited + limitedReference).hasSize(20);
        });
  }

  @OnEachEngine
  void runnersAndContexts(CoroutineMode mode) throws IOException {
    RunnerOptions options = RunnerOptions.defaults().withLoopFactory(() -> TestLoop.on(mode));
    try (Runner runner = Runner.create(options)) {
      String value = runner.run(() -> read());
      String reference = runner.run(this::read);
      runner.run(() -> skip());
      runner.run(() -> {
        skip();
      });
      runner.run(this::skip);
      assertThat(value + reference).isEqualTo("lineline");
    }
    Context context = Context.empty();
    String value = context.run(() -> read());
    String reference = context.run(this::read);
    context.run(() -> skip());
    context.run(() -> {
      skip();
    });
    context.run(this::skip);
    assertThat(value + reference).isEqualTo("lineline");
  }

  @OnEachEngine
  void loops(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          List<Future<?>> all = new ArrayList<>();
          Task<String> value = loop.createTask(() -> read());
          Task<String> reference = loop.createTask(this::read);
          all.add(loop.createTask(() -> read(), NAMED));
          all.add(loop.createTask(() -> skip()));
          all.add(
              loop.createTask(() -> {
                skip();
              }));
          all.add(loop.createTask(this::skip));
          all.add(loop.createTask(() -> skip(), NAMED));
          all.add(loop.createTask(this::skip, NAMED));
          Future<String> elsewhere = loop.runInExecutor(() -> read());
          all.add(loop.runInExecutor(() -> skip()));
          all.add(
              loop.runInExecutor(() -> {
                skip();
              }));
          all.add(loop.runInExecutor(this::read));
          all.add(loop.runInExecutor(this::skip));
          all.add(loop.runInExecutor(Runnable::run, () -> read()));
          all.add(loop.runInExecutor(Runnable::run, () -> skip()));
          all.add(loop.runInExecutor(Runnable::run, this::skip));
          all.forEach(Future::await);
          assertThat(value.await() + reference.await() + elsewhere.await()).hasSize(12);
        });
  }

  @OnEachEngine
  void callbacks(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          Context context = Context.empty();
          loop.callSoon(() -> note());
          loop.callSoon(this::note, context);
          loop.callSoonThreadsafe(() -> {
            note();
          });
          loop.callSoonThreadsafe(this::note, context);
          loop.callLater(LIMIT, () -> note()).cancel();
          loop.callLater(LIMIT, this::note, context).cancel();
          loop.callAt(0, () -> note());
          loop.callAt(0, this::note, context);
          loop.setExceptionHandler((source, report) -> noteThat(report));
          loop.setTaskFactory(null);
          Promise<String> promise = loop.createFuture();
          promise.addDoneCallback(done -> noteThat(done));
          promise.addDoneCallback(done -> {
            noteThat(done);
          });
          promise.addDoneCallback(this::noteThat);
          promise.addDoneCallback(this::noteThat, context);
          assertThat(promise.removeDoneCallback(done -> noteThat(done))).isZero();
          loop.callSoon(() -> promise.trySetResult("late"));
          assertThat(promise.await()).isEqualTo("late");
          AsyncCondition condition = new AsyncCondition();
          condition.acquire();
          condition.waitFor(() -> !trace.isEmpty());
          condition.waitFor(condition::isLocked);
        });
  }

  /** A method that takes code and is not used here may be one that no lambda can be passed to. */
  @Test
  void everyMethodThatTakesCodeIsUsedHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/asyncio4j/spi/forms", "LambdaFormsTest.java"));
    Set<String> methods = new TreeSet<>();
    Stream.of(
            TaskGroup.class,
            Timeout.class,
            Runner.class,
            RunnerOptions.class,
            Context.class,
            EventLoop.class,
            Task.class,
            Promise.class,
            AsyncCondition.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(LambdaFormsTest::isCode))
        .map(Method::getName)
        // Each takes a factory of protocols as a Supplier, and no other form.
        .filter(
            name -> !name.matches("(create|adopt|connect)\\w*(Connection|Server|Endpoint|Socket)"))
        .filter(name -> !name.equals("scheduleExpiry") && !name.matches("add(Reader|Writer)"))
        .forEach(methods::add);
    assertThat(methods).contains("createTask", "call", "run", "runInExecutor", "addDoneCallback");
    assertThat(methods).allMatch(name -> source.contains("." + name + "("));
  }

  /** As a method reference, one of these is ambiguous where a result is optional. */
  @Test
  void methodsThatWaitAreNotOverloaded() {
    Set<String> overloaded = new TreeSet<>();
    for (Class<?> type :
        List.of(
            Future.class,
            Task.class,
            Promise.class,
            org.asyncio4j.stream.StreamReader.class,
            org.asyncio4j.stream.StreamWriter.class,
            org.asyncio4j.datagram.DatagramEndpoint.class,
            org.asyncio4j.net.Server.class,
            org.asyncio4j.sync.AsyncLock.class,
            org.asyncio4j.sync.AsyncEvent.class,
            org.asyncio4j.sync.AsyncSemaphore.class,
            org.asyncio4j.sync.AsyncBarrier.class,
            org.asyncio4j.sync.AsyncCondition.class,
            org.asyncio4j.sync.AsyncQueue.class)) {
      for (Method method : type.getMethods()) {
        boolean others =
            Stream.of(type.getMethods())
                .anyMatch(other ->
                    other.getName().equals(method.getName()) && other.getParameterCount() > 0);
        if (method.getParameterCount() == 0
            && others
            && method.getDeclaringClass() != Object.class) {
          overloaded.add(method.getName());
        }
      }
    }
    // None of these waits, so that none makes a task.
    assertThat(overloaded).containsExactlyInAnyOrder("cancel", "shutdown", "signal");
  }

  private static boolean isCode(Class<?> type) {
    return Set.of(
            Callable.class,
            Runnable.class,
            Consumer.class,
            Supplier.class,
            BooleanSupplier.class,
            ThrowingCallable.class,
            ThrowingConsumer.class,
            ThrowingFunction.class,
            ThrowingRunnable.class,
            ExceptionHandler.class,
            TaskFactory.class)
        .contains(type);
  }

  private interface Body {
    void run(EventLoop loop) throws Exception;
  }

  private static void on(CoroutineMode mode, Body body) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        body.run(loop);
        return null;
      });
    }
  }
}
