package org.asyncio4j.spi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.junit.jupiter.api.Timeout;

/** The comparison finds loops that are broken, and shows how to reproduce it. */
// Seconds of work: a busy machine needs more patience than usual.
@HangGuard
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenLoopsTest {

  private static final long PROGRAMS = 10_000;

  /** Its futures call their callbacks in the reverse order. */
  private static final class ReversedCallbacks extends VirtualTimeLoop {

    ReversedCallbacks(CoroutineMode mode) {
      super(mode);
    }

    @Override
    public <T> Promise<T> createFuture() {
      return new BuiltinFuture<>(this) {
        private final List<Consumer<? super Future<T>>> added = new ArrayList<>();

        @Override
        public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
          if (!isDone()) {
            added.forEach(super::removeDoneCallback);
          }
          super.addDoneCallback(callback, context);
          if (!isDone()) {
            added.reversed().forEach(former -> super.addDoneCallback(former, context));
            added.add(callback);
          }
        }

        @Override
        public int removeDoneCallback(Consumer<? super Future<T>> callback) {
          added.removeIf(callback::equals);
          return super.removeDoneCallback(callback);
        }
      };
    }
  }

  /** Its tasks are something else than they should be. */
  private abstract static class OtherTasks extends VirtualTimeLoop {

    OtherTasks(CoroutineMode mode) {
      super(mode);
      setTaskFactory(
          new TaskFactory() {
            @Override
            public <T> Task<T> createTask(
                EventLoop loop, Callable<? extends T> body, TaskOptions options) {
              return make(body, options);
            }
          });
    }

    abstract <T> Task<T> make(Callable<? extends T> body, TaskOptions options);
  }

  /** Its tasks take no second request of cancellation. */
  private static final class OneRequest extends OtherTasks {

    OneRequest(CoroutineMode mode) {
      super(mode);
    }

    @Override
    <T> Task<T> make(Callable<? extends T> body, TaskOptions options) {
      return new BuiltinTask<>(this, body, options) {
        @Override
        public boolean cancel(String message) {
          return cancelling() > 0 ? !isDone() : super.cancel(message);
        }
      };
    }
  }

  /** Its tasks forget the message of a cancellation. */
  private static final class NoMessage extends OtherTasks {

    NoMessage(CoroutineMode mode) {
      super(mode);
    }

    @Override
    <T> Task<T> make(Callable<? extends T> body, TaskOptions options) {
      return new BuiltinTask<>(this, body, options) {
        @Override
        public boolean cancel(String message) {
          return super.cancel(null);
        }
      };
    }
  }

  /** Its tasks never start eagerly. */
  private static final class NoEagerStart extends OtherTasks {

    NoEagerStart(CoroutineMode mode) {
      super(mode);
    }

    @Override
    <T> Task<T> make(Callable<? extends T> body, TaskOptions options) {
      return new BuiltinTask<>(this, body, options.withEagerStart(false));
    }
  }

  @OnEachEngine
  void aLoopIsFoundThatCallsCallbacksInReverseOrder(CoroutineMode mode) {
    assertFound(mode, ReversedCallbacks::new);
  }

  @OnEachEngine
  void aLoopIsFoundWhoseTasksTakeOneRequestOnly(CoroutineMode mode) {
    assertFound(mode, OneRequest::new);
  }

  @OnEachEngine
  void aLoopIsFoundWhoseTasksForgetMessages(CoroutineMode mode) {
    assertFound(mode, NoMessage::new);
  }

  @OnEachEngine
  void aLoopIsFoundWhoseTasksNeverStartEagerly(CoroutineMode mode) {
    assertFound(mode, NoEagerStart::new);
  }

  private static void assertFound(
      CoroutineMode mode, Function<CoroutineMode, VirtualTimeLoop> opener) {
    List<String> found = new Comparison(mode, opener).differences(0, PROGRAMS);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst())
        .contains("differs from the model", "replay: -Dasyncio4j.test.seed=", "\n# ");
  }
}
