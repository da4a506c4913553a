package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 8 and the fourth promise: a blocking call of the JDK parks only its task. */
@HangGuard
class CarrierLaw8BlockingTest {

  @ParameterizedTest
  @EnumSource
  void aTaskMayWaitForAnotherTaskOfTheLoop(Blocking blocking) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        try (Pair pair = blocking.create()) {
          Task<?> waiting =
              loop.createTask(() -> {
                pair.block();
                return "went on";
              });
          Awaiter.yieldOnce();
          assertThat(waiting.isDone()).isFalse();

          pair.release();

          assertThat(waiting.await()).isEqualTo("went on");
          return null;
        }
      });
    }
  }

  @Test
  void aSleepingTaskLetsTheLoopContinue() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Thread[] sleeper = new Thread[1];
      loop.run(() -> {
        Task<String> sleeping =
            loop.createTask(() -> {
              sleeper[0] = Thread.currentThread();
              try {
                Thread.sleep(Long.MAX_VALUE);
                return "slept";
              } catch (InterruptedException woken) {
                return "woken";
              }
            });
        Awaiter.yieldOnce();
        sleeper[0].interrupt();
        assertThat(sleeping.await()).isEqualTo("woken");
        return null;
      });
    }
  }

  @Test
  @SuppressWarnings("WaitNotInLoop") // never notified
  void aTimedWaitEndsByItself() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      String answer =
          loop.run(() -> {
            Thread.sleep(1);
            LockSupport.parkNanos(1_000_000);
            Object monitor = new Object();
            synchronized (monitor) {
              monitor.wait(1);
            }
            return new SynchronousQueue<String>()
                .poll(1, java.util.concurrent.TimeUnit.MILLISECONDS);
          });
      assertThat(answer).isNull();
    }
  }

  @Test
  void aBlockedTaskIsNotTheCurrentOne() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Semaphore semaphore = new Semaphore(0);
        Task<Object> blocked =
            loop.createTask(() -> {
              semaphore.acquire();
              return loop.currentTask().orElseThrow();
            });
        loop.callSoon(() -> {
          assertThat(loop.currentTask()).isEmpty();
          semaphore.release();
        });
        assertThat(blocked.await()).isSameAs(blocked);
        return null;
      });
    }
  }

  /** A call that blocks, and what ends it. */
  private interface Pair extends AutoCloseable {

    void block() throws Exception;

    void release() throws Exception;

    @Override
    default void close() throws IOException {}
  }

  private enum Blocking {
    QUEUE {
      @Override
      Pair create() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        return pair(queue::take, () -> queue.put("released"));
      }
    },
    LATCH {
      @Override
      Pair create() {
        CountDownLatch latch = new CountDownLatch(1);
        return pair(latch::await, latch::countDown);
      }
    },
    COMPLETABLE_FUTURE {
      @Override
      Pair create() {
        CompletableFuture<String> future = new CompletableFuture<>();
        return pair(future::get, () -> future.complete("released"));
      }
    },
    LOCK {
      @Override
      Pair create() {
        // held by the task that releases it
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        return pair(lock::lock, lock::unlock);
      }
    },
    MONITOR_WAIT {
      @Override
      Pair create() {
        boolean[] notified = {false};
        return pair(
            () -> {
              synchronized (notified) {
                while (!notified[0]) {
                  notified.wait();
                }
              }
            },
            () -> {
              synchronized (notified) {
                notified[0] = true;
                notified.notifyAll();
              }
            });
      }
    },
    PARK {
      @Override
      Pair create() {
        Thread[] parked = new Thread[1];
        return pair(
            () -> {
              parked[0] = Thread.currentThread();
              LockSupport.park();
            },
            () -> LockSupport.unpark(parked[0]));
      }
    },
    JOIN {
      @Override
      Pair create() {
        CountDownLatch latch = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().start(() -> awaitQuietly(latch));
        return pair(thread::join, latch::countDown);
      }
    },
    SOCKET_READ {
      @Override
      Pair create() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          return new Connected(
              new Socket(server.getInetAddress(), server.getLocalPort()), server.accept());
        }
      }
    },
    SOCKET_ACCEPT {
      @Override
      Pair create() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        return new Listening(server);
      }
    };

    abstract Pair create() throws Exception;

    private static Pair pair(Action block, Action release) {
      return new Pair() {
        @Override
        public void block() throws Exception {
          block.run();
        }

        @Override
        public void release() throws Exception {
          release.run();
        }
      };
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException nobodyDoes) {
        throw new IllegalStateException(nobodyDoes);
      }
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private record Connected(Socket left, Socket right) implements Pair {

    @Override
    public void block() throws Exception {
      assertThat(left.getInputStream().read()).isEqualTo('x');
    }

    @Override
    public void release() throws Exception {
      right.getOutputStream().write('x');
    }

    @Override
    public void close() throws IOException {
      left.close();
      right.close();
    }
  }

  private record Listening(ServerSocket server) implements Pair {

    @Override
    public void block() throws Exception {
      server.accept().close();
    }

    @Override
    public void release() throws Exception {
      new Socket(server.getInetAddress(), server.getLocalPort()).close();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
