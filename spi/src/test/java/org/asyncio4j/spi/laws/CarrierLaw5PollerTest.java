package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.fixture.ForkedJvm;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** Law 5: the JDK's own pollers never belong to a loop, though a task is the first to need them. */
@HangGuard
class CarrierLaw5PollerTest {

  @Test
  void theFirstSocketOfAJvmMayBeReadInATask() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(FirstSocketInATask.class);
    assertThat(jvm.output()).isEqualToIgnoringNewLines("in a taskafter the loopnot kept");
    assertThat(jvm.exitStatus()).isZero();
  }

  /** The program of the other JVM. */
  static final class FirstSocketInATask {

    private FirstSocketInATask() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
      WeakReference<?> loop = readInATask();
      System.out.println("in a task");
      readInAThread();
      System.out.println("after the loop");
      // The pollers are threads for the JVM's life: had they inherited the task's scheduler, they
      // would keep the loop.
      TestLoop.spinUntil(() -> {
        System.gc();
        return loop.refersTo(null);
      });
      System.out.println("not kept");
    }

    private static WeakReference<?> readInATask() {
      try (TestLoop loop = TestLoop.onCarrier()) {
        loop.run(() -> {
          echo();
          return null;
        });
        return new WeakReference<>(loop);
      }
    }

    private static void readInAThread() throws Exception {
      AtomicReference<IOException> failure = new AtomicReference<>();
      Thread.startVirtualThread(
              () -> {
                try {
                  echo();
                } catch (IOException thrown) {
                  failure.set(thrown);
                }
              })
          .join();
      assertThat(failure.get()).isNull();
    }

    private static void echo() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept()) {
        // the other side writes when the reader is parked
        Thread reader = Thread.currentThread();
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              TestLoop.spinUntil(() -> TestLoop.isWaiting(reader));
              try {
                client.getOutputStream().write('x');
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
            });
        assertThat(accepted.getInputStream().read()).isEqualTo('x');
      }
    }
  }
}
