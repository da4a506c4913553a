package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

@HangGuard
class EagerStartTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);
  private static final ContextVar<String> USER = ContextVar.named("user");

  @OnEachEngine
  void aBodyThatNeverWaitsIsDoneWhenTheTaskIsReturned(CoroutineMode mode) {
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> creator = loop.currentTask().orElseThrow();
        AtomicReference<Task<?>> inside = new AtomicReference<>();
        Task<String> eager =
            loop.createTask(
                () -> {
                  events.add("body");
                  Task<?> own = loop.currentTask().orElseThrow();
                  inside.set(own);
                  own.addDoneCallback(_ -> events.add("callback " + loop.currentTask()));
                  assertThat(loop.allTasks()).containsExactlyInAnyOrder(own, creator);
                  return "value";
                },
                EAGER);
        events.add("creator");
        assertThat(eager.isDone()).isTrue();
        assertThat(eager.result()).isEqualTo("value");
        assertThat(inside.get()).isSameAs(eager);
        assertThat(loop.currentTask()).containsSame(creator);
        assertThat(loop.allTasks()).containsExactly(creator);
        Awaiter.yieldOnce();
        assertThat(events).containsExactly("body", "creator", "callback Optional.empty");
        return null;
      });
    }
  }

  @OnEachEngine
  void aBodyThatWaitsContinuesLikeAnyOther(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> creator = loop.currentTask().orElseThrow();
        Promise<String> future = loop.createFuture();
        Task<String> eager = loop.createTask(future::await, EAGER);
        assertThat(eager.isDone()).isFalse();
        assertThat(loop.allTasks()).containsExactlyInAnyOrder(eager, creator);
        assertThat(future.awaitedBy()).containsExactly(eager);
        future.setResult("later");
        assertThat(eager.await()).isEqualTo("later");
        assertThat(loop.allTasks()).containsExactly(creator);

        Task<Optional<Task<?>>> yields =
            loop.createTask(
                () -> {
                  Awaiter.yieldOnce();
                  return loop.currentTask();
                },
                EAGER);
        assertThat(yields.isDone()).isFalse();
        assertThat(yields.await()).containsSame(yields);
        return null;
      });
    }
  }

  @OnEachEngine
  void aBodyThatThrowsFailsItsOwnTaskOnly(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> creator = loop.currentTask().orElseThrow();
        for (Throwable failure :
            List.of(new IOException("no"), new StackOverflowError("no"), new Error("no"))) {
          Task<String> eager = loop.createTask(() -> throwIt(failure), EAGER);
          assertThat(eager.exception().orElseThrow()).isSameAs(failure);
          assertThat(loop.currentTask()).containsSame(creator);
          assertThat(loop.allTasks()).containsExactly(creator);
        }
        Task<String> cancelled =
            loop.createTask(
                () -> {
                  throw new CancelledError("by itself");
                },
                EAGER);
        assertThat(cancelled.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void anUnretrievedFailureIsReportedAsForAnyTask(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      assertThatThrownBy(() ->
              loop.run(() -> loop.createTask(() -> throwIt(new IOException("no")), EAGER).await()))
          .isInstanceOf(IOException.class);
    }
  }

  @OnEachEngine
  void aCallbackStartsATaskEagerly(CoroutineMode mode) {
    List<Object> seen = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        AtomicReference<Task<String>> created = new AtomicReference<>();
        Promise<String> future = loop.createFuture();
        loop.callSoon(() -> {
          Task<Integer> ends = loop.createTask(() -> seen.size(), EAGER);
          seen.add(ends.result());
          seen.add(loop.currentTask());
          created.set(loop.createTask(future::await, EAGER));
          seen.add(future.awaitedBy().equals(List.of(created.get())));
          seen.add(loop.currentTask());
        });
        loop.callSoon(() -> seen.add("next callback"));
        Awaiter.yieldOnce();
        assertThat(seen)
            .containsExactly(0, Optional.empty(), true, Optional.empty(), "next callback");
        future.setResult("value");
        assertThat(created.get().await()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLoopThatDoesNotRunStartsNothing(CoroutineMode mode) {
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.callSoon(() -> events.add("before"));
      Task<Boolean> task = loop.createTask(() -> events.add("body"), EAGER);
      assertThat(events).isEmpty();
      assertThat(loop.allTasks()).containsExactly(task);
      loop.runUntilComplete(task);
      assertThat(events).containsExactly("before", "body");
    }
  }

  @OnEachEngine
  void aTaskOfALoopThatRunsElsewhereIsRefused(CoroutineMode mode) {
    try (TestLoop outer = TestLoop.on(mode);
        TestLoop idle = TestLoop.on(mode)) {
      AtomicReference<Task<String>> task = new AtomicReference<>();
      outer.run(() -> {
        Task<?> victim = outer.currentTask().orElseThrow();
        // An idle loop only notes the task, even though another loop runs here.
        task.set(idle.createTask(() -> "later", EAGER));
        assertThat(task.get().isDone()).isFalse();
        assertThat(outer.currentTask()).containsSame(victim);

        List<Throwable> refusals = new ArrayList<>();
        Thread stranger =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    Task<String> ignored = outer.createTask(() -> "never", EAGER);
                  } catch (WrongThreadException refused) {
                    refusals.add(refused);
                  }
                });
        stranger.join();
        assertThat(refusals).hasSize(1);
        assertThat(outer.currentTask()).containsSame(victim);
        assertThat(outer.allTasks()).containsExactly(victim);
        Awaiter.yieldOnce();
        return null;
      });
      assertThat(idle.runUntilComplete(task.get())).isEqualTo("later");
    }
  }

  @OnEachEngine
  void nameAndContextAreSetInTheFirstStep(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        USER.set("creator");
        Task<String> copies =
            loop.createTask(
                () -> {
                  String before = USER.get();
                  USER.set("child");
                  return loop.currentTask().orElseThrow().name() + " of " + before;
                },
                EAGER.withName("named"));
        assertThat(copies.result()).isEqualTo("named of creator");
        assertThat(USER.get()).isEqualTo("creator");

        Context given = Context.empty();
        Task<String> uses =
            loop.createTask(
                () -> {
                  USER.set("given");
                  return USER.get();
                },
                EAGER.withContext(given));
        assertThat(uses.result()).isEqualTo("given");
        assertThat(given.get(USER)).contains("given");
        assertThat(USER.get()).isEqualTo("creator");
        return null;
      });
    }
  }

  @OnEachEngine
  void aBodyThatCancelsItselfSeesItWhereItWaits(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> waits =
            loop.createTask(
                () -> {
                  boolean ignored = loop.currentTask().orElseThrow().cancel("enough");
                  return future.await();
                },
                EAGER);
        assertThatThrownBy(waits::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(future.isCancelled()).isTrue();

        Task<String> returns =
            loop.createTask(
                () -> {
                  boolean ignored = loop.currentTask().orElseThrow().cancel("enough");
                  return "lost";
                },
                EAGER);
        assertThat(returns.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aChildThatCancelsItsCreatorEndsItsWait(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        List<String> events = new ArrayList<>();
        Task<String> creator =
            loop.createTask(() -> {
              Task<?> own = loop.currentTask().orElseThrow();
              Task<Boolean> child = loop.createTask(() -> own.cancel("by the child"), EAGER);
              events.add("goes on " + child.result() + " " + own.cancelling());
              try {
                return never.await();
              } catch (CancelledError error) {
                events.add(error.getMessage());
                throw error;
              }
            });
        assertThatThrownBy(creator::await).isInstanceOf(CancelledError.class);
        assertThat(events).containsExactly("goes on true 1", "by the child");
        assertThat(never.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatIsCancelledAfterItsFirstStepCleansUp(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        List<String> events = new ArrayList<>();
        Promise<String> never = loop.createFuture();
        Task<String> eager =
            loop.createTask(
                () -> {
                  try {
                    return never.await();
                  } finally {
                    events.add("cleaned up");
                  }
                },
                EAGER);
        assertThat(eager.cancel("enough")).isTrue();
        assertThat(never.isCancelled()).isTrue();
        assertThatThrownBy(eager::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(events).containsExactly("cleaned up");
        return null;
      });
    }
  }

  @OnEachEngine
  void aSubclassHasItsFieldsBeforeTheFirstStep(CoroutineMode mode) {
    final class Noting extends BuiltinTask<String> {
      private final List<String> notes;

      Noting(BaseEventLoop loop, Callable<String> body, List<String> notes) {
        this.notes = notes;
        super(loop, body, EAGER);
      }

      @Override
      public boolean cancel(String message) {
        notes.add("cancel");
        return super.cancel(message);
      }
    }
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        List<String> notes = new ArrayList<>();
        Task<String> task =
            new Noting(loop, () -> "" + loop.currentTask().orElseThrow().cancel(), notes);
        assertThat(task.isCancelled()).isTrue();
        assertThat(notes).containsExactly("cancel");
        return null;
      });
    }
  }

  @OnEachEngine
  void theFactoryHasEveryTaskStartEagerly(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.setTaskFactory(Asyncio.eagerTaskFactory());
      loop.run(() -> {
        Task<String> task = loop.createTask(() -> "at once", TaskOptions.named("named"));
        assertThat(task).isInstanceOf(BuiltinTask.class);
        assertThat(task.isDone()).isTrue();
        assertThat(task.name()).isEqualTo("named");
        return null;
      });
    }
  }

  @OnEachEngine
  void theFactoryOfAnotherFactoryPassesAllOptionsOn(CoroutineMode mode) {
    List<TaskOptions> received = new ArrayList<>();
    TaskFactory noting =
        new TaskFactory() {
          @Override
          public <T> Task<T> createTask(
              EventLoop loop, Callable<? extends T> body, TaskOptions options) {
            received.add(options);
            return new BuiltinTask<>((BaseEventLoop) loop, body, options);
          }
        };
    TaskOptions given = TaskOptions.named("named").withInterruptOnCancel(false);
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        loop.setTaskFactory(Asyncio.createEagerTaskFactory(noting));
        assertThat(loop.createTask(() -> "at once", given).isDone()).isTrue();
        return null;
      });
    }
    assertThat(received).containsExactly(given.withEagerStart(true));
    assertThatThrownBy(() -> Asyncio.createEagerTaskFactory(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("maker");
  }

  private static String throwIt(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
