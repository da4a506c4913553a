package org.asyncio4j.spi.internal.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.internal.cycle.Durations;
import org.jspecify.annotations.Nullable;

/** Runs blocking code on the default executor and returns its outcome to the loop. */
public final class BlockingOffload {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private final NetworkLoop loop;
  private final ThreadFactory threads;
  private final DefaultExecutor executor = new DefaultExecutor();
  private boolean shutDown;

  /** Creates an offload; the threads of the default executor are named after the loop. */
  public BlockingOffload(NetworkLoop loop, String loopName) {
    this.loop = loop;
    this.threads = Thread.ofVirtual().name("asyncio4j-" + loopName + "-executor-", 0).factory();
    loop.forgotten().add(executor);
  }

  public void setExecutor(ExecutorService changed) {
    executor.current = changed;
  }

  public <T extends @Nullable Object> Future<T> submit(Callable<? extends T> body) {
    if (shutDown) {
      throw new IllegalStateException(
          "Executor shutdown has been called, so the default executor takes no more work; pass an"
              + " executor");
    }
    ExecutorService chosen = executor.current;
    if (chosen == null) {
      chosen = Executors.newThreadPerTaskExecutor(threads);
      executor.current = chosen;
    }
    return submit(chosen, body);
  }

  public <T extends @Nullable Object> Promise<T> submit(
      Executor chosen, Callable<? extends T> body) {
    Promise<T> promise = loop.eventLoop().createFuture();
    chosen.execute(new Work<>(body, promise));
    return promise;
  }

  /** Suspends the current task until the default executor has ended, or the time has passed. */
  public boolean shutDown(Duration timeout) {
    shutDown = true;
    ExecutorService ending = executor.current;
    if (ending == null || ending.isTerminated()) {
      return true;
    }
    Promise<Boolean> ended = loop.eventLoop().createFuture();
    Thread.ofPlatform()
        .daemon(true)
        .name("asyncio4j-executor-shutdown")
        .start(new Work<>(() -> end(ending, timeout), ended));
    boolean inTime = ended.await();
    if (!inTime) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "The default executor did not finish its work within {0}; its threads were interrupted",
          timeout);
    }
    return inTime;
  }

  /** Shuts down the default executor, without waiting. */
  public void close() {
    shutDown = true;
    executor.close();
  }

  private boolean end(ExecutorService ending, Duration timeout) throws InterruptedException {
    ending.shutdown();
    boolean ended = ending.awaitTermination(Durations.toNanos(timeout), TimeUnit.NANOSECONDS);
    if (!ended) {
      for (Runnable neverRun : ending.shutdownNow()) {
        if (neverRun instanceof Work<?> work) {
          work.drop();
        }
      }
    }
    return ended;
  }

  /** The default executor. Does not refer to the loop, which may be collected. */
  private static final class DefaultExecutor implements AutoCloseable {

    private volatile @Nullable ExecutorService current;

    @Override
    public void close() {
      ExecutorService left = current;
      if (left != null) {
        left.shutdown();
      }
    }
  }

  /** A body that runs on an executor, with the future of its result. */
  private final class Work<T extends @Nullable Object> implements Runnable {

    private final Callable<? extends T> body;
    private final Promise<T> promise;

    Work(Callable<? extends T> body, Promise<T> promise) {
      this.body = body;
      this.promise = promise;
    }

    /** Runs the body, unless it was cancelled before its turn. */
    @Override
    public void run() {
      if (promise.isDone()) {
        return;
      }
      Runnable completion;
      try {
        T value = body.call();
        completion = () -> promise.setResult(value);
      } catch (Throwable thrown) {
        completion = () -> promise.setException(thrown);
      }
      loop.completeFromElsewhere(promise, completion);
    }

    /** Called if the executor ends without having run the body. */
    void drop() {
      loop.completeFromElsewhere(promise, () -> promise.cancel("the executor was shut down"));
    }
  }
}
