package org.example.sampletask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.example.asyncchannel.AsyncChannelLoopProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests a loop that creates sample tasks instead of its own. */
@Timeout(60)
final class SampleTaskTest {

  private static final ContextVar<String> USER = ContextVar.named("user");

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void taskRunsAwaitsParksAndIsCancelled(CoroutineMode engine) throws Exception {
    run(
        engine,
        () -> {
          USER.set("alice");
          Task<String> returns =
              Asyncio.createTask(
                  () -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    Asyncio.sleep(Duration.ZERO);
                    Thread.sleep(1);
                    return USER.get() + " in " + Asyncio.currentTask().orElseThrow().name();
                  },
                  TaskOptions.named("first"));
          Task<String> fails =
              Asyncio.createTask(() -> {
                throw new IOException("no");
              });
          Task<String> waits =
              Asyncio.createTask(() -> {
                Asyncio.sleep(Duration.ofHours(1));
                return "never";
              });
          assertThat(returns).isInstanceOf(SampleTask.class);
          assertThat(Asyncio.allTasks()).contains(returns, fails, waits);

          assertThat(returns.await()).isEqualTo("alice in first");
          assertThatThrownBy(fails::await).isInstanceOf(IOException.class).hasMessage("no");
          assertThat(waits.stack()).isNotEmpty();
          waits.cancel("enough");
          assertThatThrownBy(waits::await).isInstanceOf(CancelledError.class).hasMessage("enough");
          assertThat(waits.isCancelled()).isTrue();
          assertThat(waits.cancelling()).isEqualTo(1);
          assertThat(Asyncio.allTasks()).hasSize(1);
        });
  }

  private static void run(CoroutineMode engine, ThrowingRunnable<Exception> body) throws Exception {
    LoopContext context = LoopContext.defaults().withCoroutines(engine);
    Asyncio.run(
        body,
        RunnerOptions.defaults()
            .withLoopFactory(() -> {
              EventLoop loop = new AsyncChannelLoopProvider().open(context);
              loop.setTaskFactory(new SampleTasks());
              return loop;
            }));
  }

  /** Creates the tasks. */
  private static final class SampleTasks implements TaskFactory {

    @Override
    public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
      return new SampleTask<>((BaseEventLoop) loop, body, options);
    }
  }
}
