package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.TaskGroup;

/** What a group does when a child or its body fails, and which failure leaves it. */
@HangGuard
class TaskGroupFailureTest {
  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void aChildThatFailsCancelsTheOthersAndTheBody(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Task<String> sibling = group.createTask(() -> never.await());
                  group.createTask(() -> fail(failure));
                  try {
                    return inBody.await();
                  } finally {
                    trace.add("body ends, sibling done: " + sibling.isDone());
                  }
                }));

        assertThat(finish(task).exception().orElseThrow())
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        assertThat(never.isCancelled()).isTrue();
        assertThat(inBody.isCancelled()).isTrue();
        assertThat(trace).hasSize(1);
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aChildThatFailsAfterTheBodyCancelsTheOthers(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> later = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> never.await());
                  group.createTask(() -> {
                    later.await();
                    fail(failure);
                  });
                  return "value";
                }));
        settle();
        later.setResult("now");

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aBodyThatFailsCancelsTheChildrenAndWaitsForThem(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        IOException failure = new IOException("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                group.createTask(() -> {
                  try {
                    never.await();
                  } finally {
                    trace.add(cleanUp.await());
                  }
                });
                Awaiter.yieldOnce();
                fail(failure);
              });
              return null;
            });
        settle();
        assertThat(task.isDone()).isFalse();
        cleanUp.setResult("clean");

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(trace).containsExactly("clean");
        return null;
      });
    }
  }

  @OnEachEngine
  void laterFailuresAreSuppressedByTheFirstEachOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        AssertionError ofBody = new AssertionError("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                group.createTask(() -> failCleaningUp(never, second));
                group.createTask(() -> failCleaningUp(never, first));
                group.createTask(() -> failCleaningUp(never, second));
                group.createTask(() -> fail(first));
                try {
                  never.await();
                } catch (CancelledError cancelled) {
                  throw ofBody;
                }
              });
              return null;
            });

        assertThat(finish(task).exception().orElseThrow()).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactlyInAnyOrder(second, ofBody);
        return null;
      });
    }
  }

  @OnEachEngine
  void whatFailedBeforeTheBodyIsFirst(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        IOException ofChild = new IOException("of a child");
        IOException ofBody = new IOException("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                Task<?> child = group.createTask(() -> fail(ofChild));
                // The body fails before the group can have heard of the child.
                child.addDoneCallback(done -> trace.add("heard"));
                while (!child.isDone()) {
                  Awaiter.yieldOnce();
                }
                fail(ofBody);
              });
              return null;
            });

        assertThat(finish(task).exception().orElseThrow()).isSameAs(ofChild);
        assertThat(ofChild.getSuppressed()).containsExactly(ofBody);
        return null;
      });
    }
  }

  @OnEachEngine
  void aFailureThatCannotCarryOthersLosesNone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Error rigid = new Rigid();
        IOException later = new IOException("later");
        assertThatThrownBy(() ->
                TaskGroup.run(group -> {
                  group.createTask(() -> {
                    throw rigid;
                  });
                  group.createTask(() -> fail(later));
                }))
            .isSameAs(rigid);
        assertThat(loop.takeReports())
            .singleElement()
            .satisfies(report -> assertThat(report.exception()).containsSame(later));
        return null;
      });
    }
  }

  private static final class Rigid extends Error {

    private static final long serialVersionUID = 1L;

    Rigid() {
      super("rigid", null, false, false);
    }
  }

  @OnEachEngine
  void aChildThatIsCancelledIsNoFailure(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        String value =
            TaskGroup.call(group -> {
              Task<String> started = group.createTask(() -> never.await());
              Awaiter.yieldOnce();
              started.cancel();
              Task<Boolean> unstarted = group.createTask(() -> trace.add("unstarted"));
              unstarted.cancel();
              Task<String> other = group.createTask(() -> "goes on");
              return other.await();
            });
        assertThat(value).isEqualTo("goes on");
        assertThat(trace).isEmpty();
        return null;
      });
    }
  }

  private static void failCleaningUp(Promise<String> never, Exception failure) throws Exception {
    try {
      never.await();
    } finally {
      throwInstead(failure);
    }
  }

  private static void throwInstead(Exception failure) throws Exception {
    throw failure;
  }
}
