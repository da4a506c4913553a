package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Law 3: tasks that the JDK passes to a closed loop end on the JDK's scheduler, without harm. */
@HangGuard
class CarrierLaw3ClosedTest {

  private final AtomicReference<Thread> body = new AtomicReference<>();
  private final List<Object> seen = new CopyOnWriteArrayList<>();

  /** A rejection would have killed the thread of the JDK that made it. */
  @AfterEach
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theThreadsThatTheJvmDependsOnAreAlive() throws Exception {
    assertThatMonitorsAreHandedOver();
    assertThatSocketsAreReady();
  }

  @Test
  @SuppressWarnings("LockNotBeforeTry") // it is held until the loop is closed
  void aTaskThatQueuesForALockEndsAfterTheLoop() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    parkAndClose(() -> {
      lock.lock();
      try {
        seen.add(Thread.currentThread().toString());
      } finally {
        lock.unlock();
      }
    });

    lock.unlock();

    assertThatBodyEndedOnTheSchedulerOfTheJdk();
  }

  @Test
  void aTaskThatQueuesForAMonitorEndsAfterTheLoop() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      parkAndClose(() -> {
        synchronized (monitor) {
          seen.add(Thread.currentThread().toString());
        }
      });
    }
    assertThatBodyEndedOnTheSchedulerOfTheJdk();
  }

  @Test
  void aTaskThatSleepsIsInterruptedAndEndsAfterTheLoop() throws InterruptedException {
    parkAndClose(() -> {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } finally {
        seen.add(Thread.currentThread().toString());
      }
    });
    assertThatBodyEndedOnTheSchedulerOfTheJdk();
  }

  @Test
  void aTaskThatReadsFromASocketEndsAfterTheLoop() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      parkAndClose(() -> {
        try {
          accepted.getInputStream().read();
        } catch (SocketException closedByInterrupt) {
          seen.add(Thread.currentThread().toString());
        }
      });
      assertThatBodyEndedOnTheSchedulerOfTheJdk();
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void aTaskThatAwaitsSeesACancellationAndEndsAfterTheLoop() throws InterruptedException {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Task<?> task =
          loop.createTask(() -> {
            body.set(Thread.currentThread());
            try {
              return loop.createFuture().await();
            } catch (CancelledError cancelled) {
              seen.add(cancelled.getMessage());
              // Waiting again is refused: the body would never be woken.
              return loop.createFuture().await();
            } finally {
              seen.add(Thread.currentThread().toString());
            }
          });
      loop.run(() -> null);
      assertThat(loop.abandon()).hasSize(1);
      assertThat(task.isCancelled()).isTrue();
    }
    body.get().join();
    assertThat(seen).hasSize(2).first().isEqualTo("the loop was closed");
    assertThat(seen.get(1).toString()).contains("ForkJoinPool");
  }

  @Test
  void aTaskThatWasNotStartedNeverRuns() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Task<?> task =
          loop.createTask(() -> {
            seen.add("ran");
            return null;
          });
      assertThat(loop.abandon()).hasSize(1);
      assertThat(task.isCancelled()).isTrue();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aTaskThatIsWokenBetweenTwoRunsContinuesInTheNext() throws InterruptedException {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      Task<String> task = loop.createTask(queue::take);
      loop.run(() -> null);

      queue.put("between the runs");
      assertThat(task.isDone()).isFalse();

      assertThat(loop.runUntilComplete(task)).isEqualTo("between the runs");
    }
  }

  private void parkAndClose(Blocking blocking) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Task<?> task =
          loop.createTask(() -> {
            body.set(Thread.currentThread());
            blocking.run();
            return null;
          });
      loop.run(() -> {
        TestLoop.yieldUntil(() -> TestLoop.isWaiting(body.get()));
        return null;
      });
      assertThat(loop.abandon())
          .singleElement()
          .satisfies(report -> assertThat(report.message()).contains("destroyed"));
      assertThat(task.isCancelled()).isTrue();
    }
  }

  private void assertThatBodyEndedOnTheSchedulerOfTheJdk() throws InterruptedException {
    body.get().join();
    assertThat(seen).singleElement().asString().contains("ForkJoinPool");
  }

  private static void assertThatMonitorsAreHandedOver() throws InterruptedException {
    Object monitor = new Object();
    Thread waiting;
    synchronized (monitor) {
      CountDownLatch started = new CountDownLatch(1);
      waiting =
          Thread.startVirtualThread(() -> {
            started.countDown();
            synchronized (monitor) {
              Thread.onSpinWait();
            }
          });
      started.await();
      TestLoop.spinUntil(() -> waiting.getState() == Thread.State.BLOCKED);
    }
    waiting.join();
  }

  private static void assertThatSocketsAreReady() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      AtomicReference<Object> read = new AtomicReference<>();
      Thread reader =
          Thread.startVirtualThread(() -> {
            try {
              read.set(accepted.getInputStream().read());
            } catch (java.io.IOException failure) {
              read.set(failure);
            }
          });
      TestLoop.spinUntil(() -> TestLoop.isWaiting(reader));
      client.getOutputStream().write('x');
      reader.join();
      assertThat(read.get()).isEqualTo((int) 'x');
    }
  }

  private interface Blocking {
    void run() throws Exception;
  }
}
