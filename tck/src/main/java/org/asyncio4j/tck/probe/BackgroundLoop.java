package org.asyncio4j.tck.probe;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.tck.kit.TckSettings;
import org.jspecify.annotations.Nullable;

/** A loop that runs in the background for another thread, until it is stopped. */
public final class BackgroundLoop implements LoopCalls, AutoCloseable {

  private final EventLoop loop;
  private final TckSettings settings;
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
  private final Thread thread;

  private BackgroundLoop(EventLoop loop, TckSettings settings) {
    this.loop = loop;
    this.settings = settings;
    this.thread = Thread.ofPlatform().daemon().name("tck-background").unstarted(this::runForever);
  }

  /**
   * Starts a loop, and waits until it runs.
   *
   * @param loop the loop, which this does not close
   * @param settings how long to wait for what is called on its thread
   * @return the loop, running
   */
  public static BackgroundLoop start(EventLoop loop, TckSettings settings) {
    BackgroundLoop background = new BackgroundLoop(loop, settings);
    CountDownLatch running = new CountDownLatch(1);
    loop.callSoonThreadsafe(running::countDown);
    background.thread.start();
    new Patience(unhurried(settings))
        .await("a loop that was started must run its callbacks", running);
    return background;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public Patience patience() {
    return new Patience(settings);
  }

  @Override
  public <T extends @Nullable Object> T call(Callable<T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> complete(result, body));
    return await(result);
  }

  @Override
  public <T extends @Nullable Object> T run(Callable<T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Callable<Boolean> task = () -> complete(result, body);
    loop.callSoonThreadsafe(() -> loop.createTask(task));
    return await(result);
  }

  /** Stops the loop and waits until it does not run any more. Does nothing when repeated. */
  @Override
  public void close() {
    if (thread.isAlive() && !loop.isClosed()) {
      // Through callSoon, because rules about stopping from other threads must not depend on this.
      loop.callSoonThreadsafe(() -> loop.callSoon(loop::stop));
    }
    new Patience(unhurried(settings))
        .until("a loop must stop when stop() is called", () -> !thread.isAlive());
    Throwable failure = thrown.getAndSet(null);
    if (failure != null) {
      throw new RuleViolation(
          "runForever must return when stop() is called but threw " + failure, failure);
    }
  }

  // A rule may set a short patience for its peers; threads take the time they need.
  private static TckSettings unhurried(TckSettings settings) {
    return settings.withPatience(
        Collections.max(List.of(settings.patience(), settings.leakLimit())));
  }

  private void runForever() {
    try {
      loop.runForever();
    } catch (Throwable failure) {
      thrown.set(failure);
    }
  }

  @SuppressWarnings("NullAway") // if T may be null, so may this
  private <T extends @Nullable Object> T await(CompletableFuture<T> result) {
    new Patience(settings)
        .await("what callSoonThreadsafe schedules must run and end", ended(result));
    try {
      return result.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuleViolation violation) {
        throw violation;
      }
      throw new RuleViolation(
          "code on the loop's thread must succeed but threw " + failed.getCause(),
          failed.getCause());
    } catch (InterruptedException late) {
      throw new RuleViolation("the wait for a callback was interrupted", late);
    }
  }

  private static CountDownLatch ended(CompletableFuture<?> result) {
    CountDownLatch latch = new CountDownLatch(1);
    var ignored = result.whenComplete((_, _) -> latch.countDown());
    return latch;
  }

  private static <T extends @Nullable Object> boolean complete(
      CompletableFuture<T> result, Callable<T> body) {
    try {
      return result.complete(body.call());
    } catch (Throwable failure) {
      return result.completeExceptionally(failure);
    }
  }
}
