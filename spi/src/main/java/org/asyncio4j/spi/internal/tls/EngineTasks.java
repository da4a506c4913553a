package org.asyncio4j.spi.internal.tls;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs the delegated tasks of an engine (keys, certificates, perhaps revocation queries to a
 * server) on a virtual thread of the JDK, where they block neither the loop's thread nor a
 * callback. Not on the default executor, which may be busy or shut down.
 */
final class EngineTasks {

  private static final Executor ELSEWHERE =
      task -> {
        Thread ignored = Thread.ofVirtual().name("asyncio4j-tls").start(task);
      };

  private EngineTasks() {}

  /**
   * Runs tasks.
   *
   * @param tasks the tasks, which return true
   * @param whenDone called on the loop's thread, with the exception that a task threw, if any
   */
  static void run(
      EventLoop loop,
      Callable<Boolean> tasks,
      Context context,
      Consumer<@Nullable Throwable> whenDone) {
    Future<Boolean> running = loop.runInExecutor(ELSEWHERE, tasks);
    running.addDoneCallback(
        done ->
            whenDone.accept(done.isCancelled() ? null : failureOf(done.exception().orElse(null))),
        context);
  }

  /**
   * Returns the failure of a task: a task throws only exceptions of a key manager or trust manager,
   * while an engine keeps its own.
   */
  private static @Nullable Throwable failureOf(@Nullable Throwable thrown) {
    return thrown == null ? null : TlsMachine.managerFailed(thrown);
  }

  /** Runs the tasks on the calling thread. Always returns true. */
  static boolean runAll(SSLEngine engine) {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
    return true;
  }
}
