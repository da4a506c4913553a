package org.asyncio4j.spi.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.Asyncio.*;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.tasks.ReturnWhen;
import org.junit.jupiter.api.Test;

/**
 * Uses every function of {@link Asyncio} by a static import: with an expression lambda, a block
 * lambda and a method reference, with and without a result, where checked exceptions are thrown.
 * Ambiguous calls do not compile here.
 */
class StaticImportsTest {

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

  private static String never() throws IOException {
    throw new EOFException("on purpose");
  }

  @OnEachEngine
  void programs(CoroutineMode mode) throws IOException {
    RunnerOptions options = RunnerOptions.defaults().withLoopFactory(() -> TestLoop.on(mode));
    String value = run(() -> read(), options);
    String block =
        run(
            () -> {
              skip();
              return read();
            },
            options);
    String reference = run(this::read, options);
    run(() -> skip(), options);
    run(
        () -> {
          skip();
        },
        options);
    run(this::skip, options);
    assertThatThrownBy(() ->
            run(
                () -> {
                  while (true) {
                    skip();
                  }
                },
                options))
        .isInstanceOf(EOFException.class);
    assertThat(value + block + reference).isEqualTo("linelineline");
  }

  @Test
  void programsOnAnyLoop() throws IOException {
    if (eventLoops().isEmpty()) { // as on the module path
      assertThatThrownBy(() -> run(() -> read())).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> run(this::skip)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> newEventLoop()).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> newEventLoop("any")).isInstanceOf(IllegalStateException.class);
    } else {
      assertThat(run(() -> read())).isEqualTo("line");
      run(this::skip);
      newEventLoop().close();
      newEventLoop(eventLoops().getFirst().name()).close();
    }
  }

  @OnEachEngine
  void tasks(CoroutineMode mode) {
    on(
        mode,
        () -> {
          Promise<String> promise = runningLoop().createFuture();
          promise.setResult("promised");
          List<Future<?>> all = new ArrayList<>();
          Task<String> value = createTask(() -> read());
          Task<String> reference = createTask(this::read);
          Task<String> awaiting = createTask(promise::await);
          Task<String> named =
              createTask(
                  () -> {
                    skip();
                    return read();
                  },
                  NAMED);
          all.add(createTask(() -> skip()));
          all.add(
              createTask(() -> {
                skip();
              }));
          all.add(createTask(this::skip));
          all.add(createTask(() -> skip(), NAMED));
          all.add(createTask(this::skip, NAMED));
          Task<?> endless =
              createTask(() -> {
                while (true) {
                  skip();
                }
              });
          all.forEach(Future::await);
          assertThat(value.await() + reference.await() + awaiting.await() + named.await())
              .isEqualTo("linelinepromisedline");
          assertThatThrownBy(endless::await).isInstanceOf(EOFException.class);
          assertThat(currentTask()).isPresent();
          assertThat(allTasks()).hasSize(1);
          runningLoop().setTaskFactory(createEagerTaskFactory(eagerTaskFactory()));
          assertThat(createTask(() -> "eager").isDone()).isTrue();
        });
  }

  @OnEachEngine
  void threads(CoroutineMode mode) throws Exception {
    on(
        mode,
        () -> {
          String value = toThread(() -> read());
          String reference = toThread(this::read);
          toThread(() -> skip());
          toThread(() -> {
            skip();
          });
          toThread(this::skip);
          EventLoop loop = runningLoop();
          CompletableFuture<String> submitted = runCoroutineThreadsafe(() -> read(), loop);
          CompletableFuture<String> referred = runCoroutineThreadsafe(this::read, loop);
          CompletableFuture<Void> skipped = runCoroutineThreadsafe(() -> skip(), loop);
          CompletableFuture<Void> alsoSkipped = runCoroutineThreadsafe(this::skip, loop);
          wrapFuture(CompletableFuture.allOf(skipped, alsoSkipped)).await();
          assertThat(
                  value
                      + reference
                      + wrapFuture(submitted).await()
                      + wrapFuture(referred, loop).await())
              .isEqualTo("linelinelineline");
          sleep(Duration.ZERO);
        });
  }

  @OnEachEngine
  void limits(CoroutineMode mode) {
    on(
        mode,
        () -> {
          String value = timeout(LIMIT, () -> read());
          String block =
              timeout(
                  LIMIT,
                  () -> {
                    skip();
                    return read();
                  });
          String reference = timeout(LIMIT, this::read);
          timeout(LIMIT, () -> skip());
          timeout(
              LIMIT,
              () -> {
                skip();
              });
          timeout(LIMIT, this::skip);
          timeout(LIMIT, limit -> limit.reschedule(LIMIT));
          timeout(
              LIMIT,
              limit -> {
                limit.reschedule(LIMIT);
                skip();
              });
          assertThatThrownBy(() ->
                  timeout(
                      LIMIT,
                      limit -> {
                        while (true) {
                          limit.reschedule(LIMIT);
                          skip();
                        }
                      }))
              .isInstanceOf(EOFException.class);
          trace.clear();
          long when = runningLoop().time() + TimeUnit.MINUTES.toNanos(1);
          String until = timeoutAt(when, () -> read());
          String untilReference = timeoutAt(when, this::read);
          timeoutAt(when, () -> skip());
          timeoutAt(when, this::skip);
          timeoutAt(
              when,
              limit -> {
                limit.reschedule(when);
                skip();
              });
          assertThat(value + block + reference + until + untilReference).hasSize(20);
          assertThat(waitFor(createTask(this::read), LIMIT)).isEqualTo("line");
        });
  }

  @OnEachEngine
  void severalFutures(CoroutineMode mode) {
    on(
        mode,
        () -> {
          Task<String> one = createTask(() -> read());
          Task<String> other = createTask(this::read);
          List<Task<String>> both = List.of(one, other);
          assertThat(gather(one, other).await()).isEqualTo(gather(both).await());
          assertThat(gatherOutcomes(one, other).await()).isEqualTo(gatherOutcomes(both).await());
          assertThat(waitAll(both).pending()).isEmpty();
          assertThat(waitUntil(both, ReturnWhen.FIRST_COMPLETED).done()).isNotEmpty();
          assertThat(waitUntil(both, ReturnWhen.ALL_COMPLETED, LIMIT).done()).hasSize(2);
          for (Future<String> next : asCompleted(both)) {
            assertThat(next.await()).isEqualTo("line");
          }
          assertThat(shield(one).await()).isEqualTo("line");
          assertThat(staggeredRace(List.of(() -> read(), this::read)).value()).isEqualTo("line");
          assertThat(
                  staggeredRace(
                          List.of(
                              StaticImportsTest::never,
                              () -> {
                                skip();
                                return read();
                              }),
                          LIMIT)
                      .value())
              .isEqualTo("line");
        });
  }

  /** The loop of these tests has no network, so that all that matters is what compiles. */
  @OnEachEngine
  void streams(CoroutineMode mode) {
    on(
        mode,
        () -> {
          ClientHandler handler = (reader, writer) -> writer.write(reader.readLine());
          Path path = Path.of("socket");
          StreamOptions options = StreamOptions.defaults();
          Stream<ThrowingCallable> calls =
              Stream.of(
                  () -> openConnection("localhost", 1),
                  () -> openConnection(ConnectOptions.to("localhost", 1)),
                  () -> openConnection(ConnectOptions.to("localhost", 1), options),
                  () -> openUnixConnection(path),
                  () -> openUnixConnection(UnixConnectOptions.to(path)),
                  () -> openUnixConnection(UnixConnectOptions.to(path), options),
                  () -> startServer((reader, writer) -> writer.close(), "localhost", 0),
                  () -> startServer(handler, ServerOptions.on("localhost", 0)),
                  () -> startServer(handler, ServerOptions.on("localhost", 0), options),
                  () -> startUnixServer((reader, writer) -> writer.close(), path),
                  () -> startUnixServer(handler, UnixServerOptions.on(path)),
                  () -> startUnixServer(handler, UnixServerOptions.on(path), options));
          calls.forEach(
              call -> assertThatThrownBy(call).isInstanceOf(UnsupportedOperationException.class));
          openStreamPeer().streams().close();
          openStreamPeer(options).streams().close();
        });
  }

  @Test
  void everyFunctionIsUsedHere() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/org/asyncio4j/spi/forms", "StaticImportsTest.java"));
    Set<String> functions =
        Stream.of(Asyncio.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(functions).contains("gather", "sleep");
    assertThat(functions).allMatch(name -> source.matches("(?s).*\\b" + name + "\\(.*"));
    assertThat(Asyncio.class.getSuperclass()).isEqualTo(Object.class);
  }

  private interface Body {
    void run() throws Exception;
  }

  private static void on(CoroutineMode mode, Body body) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        body.run();
        return null;
      });
    }
  }
}
