package org.asyncio4j.examples.blocking;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The resources of a blocking call, closed after it in the reverse order. */
final class Resources implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <C extends AutoCloseable> C with(C resource) {
    opened.push(resource);
    return resource;
  }

  Process process(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    opened.push(() -> {
      process.destroyForcibly();
      process.onExit().join();
    });
    return process;
  }

  /** Makes another thread hold a lock until this is closed. */
  void heldByAnotherThread(Lock lock) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .start(() -> {
              lock.lock();
              held.countDown();
              awaitQuietly(end);
              lock.unlock();
            });
    held.await();
    opened.push(() -> {
      end.countDown();
      holder.join();
    });
  }

  /** Makes another thread hold a lock until a thread waits for it. */
  void heldForAMomentByAnotherThread(ReentrantLock lock) {
    CountDownLatch held = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .start(() -> {
              lock.lock();
              held.countDown();
              while (!lock.hasQueuedThreads()) {
                Thread.onSpinWait();
              }
              lock.unlock();
            });
    opened.push(holder::join);
    // Without blocking: the caller's interrupt flag is set.
    while (held.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("this thread is never interrupted", impossible);
    }
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
