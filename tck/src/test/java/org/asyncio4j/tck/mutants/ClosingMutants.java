package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.LoopContext;

/** Chapter 1: closing. */
final class ClosingMutants {

  private ClosingMutants() {}

  @Mutant(rule = "1.18")
  static EventLoop neverCountsAsClosed(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public boolean isClosed() {
        return false;
      }
    };
  }

  @Mutant(rule = "1.19")
  static EventLoop ignoresCloseWhileItRuns(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void close() {
        if (!isRunning()) {
          super.close();
        }
      }
    };
  }

  @Mutant(rule = "1.20", also = "1.29")
  static EventLoop runsWhatIsLeftBeforeItCloses(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void close() {
        if (!isRunning() && !isClosed()) {
          stop();
          runForever();
        }
        super.close();
      }
    };
  }

  @Mutant(rule = "1.21")
  static EventLoop acceptsCallbacksAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return isClosed() ? null : super.callSoon(callback);
      }
    };
  }

  @Mutant(rule = "1.22")
  static EventLoop acceptsTasksAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return isClosed() ? null : super.createTask(body, options);
      }
    };
  }

  @Mutant(rule = "1.23")
  static EventLoop returnsAtOnceAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        if (!isClosed()) {
          super.runForever();
        }
      }
    };
  }

  @Mutant(rule = "1.24")
  static EventLoop runsBlockingCodeAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Future<T> runInExecutor(Executor executor, Callable<? extends T> body) {
        return isClosed() ? null : super.runInExecutor(executor, body);
      }
    };
  }

  @Mutant(rule = "1.25")
  static EventLoop leavesTheExecutorRunning(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void setDefaultExecutor(ExecutorService executor) {
        super.setDefaultExecutor(
            Altered.of(
                ExecutorService.class,
                executor,
                Map.of("shutdown", _ -> null, "shutdownNow", _ -> List.of())));
      }
    };
  }

  @Mutant(rule = "1.29")
  static EventLoop closesTasksAwayWithoutAWord(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean closing;

      @Override
      public void close() {
        closing = true;
        super.close();
      }

      @Override
      public void callExceptionHandler(ErrorReport report) {
        if (!closing) {
          super.callExceptionHandler(report);
        }
      }
    };
  }
}
