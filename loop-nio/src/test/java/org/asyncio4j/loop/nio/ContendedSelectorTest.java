package org.asyncio4j.loop.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A task that closes a connection enters the selector, and may have to wait there for a lock while
 * it holds others: a thread that wakes the loop takes one of them for a moment.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ContendedSelectorTest {

  private static final long PATIENCE_SECONDS = 20;

  @Test
  void theLoopContinuesWhileATaskWaitsInsideTheSelector() throws Exception {
    Selector selector = Selector.open();
    NioResources resources = new NioResources(selector);
    NioEventLoopProvider provider = new NioEventLoopProvider();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EventLoop loop =
            new ReadinessEventLoop(
                LoopContext.defaults(),
                "nio",
                new SelectorPoller(resources),
                new NioSockets(resources),
                provider.capabilities())) {
      String host = listener.getInetAddress().getHostAddress();
      CountDownLatch connected = new CountDownLatch(1);
      CountDownLatch locked = new CountDownLatch(1);
      Thread running =
          Thread.ofPlatform()
              .start(() ->
                  loop.<String>runUntilComplete(
                      loop.createTask(() -> {
                        Transport transport =
                            loop.createConnection(
                                    Silent::new, ConnectOptions.to(host, listener.getLocalPort()))
                                .transport();
                        connected.countDown();
                        spinUntilZero(locked);
                        transport.abort();
                        return "closed";
                      })));
      assertThat(connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      CountDownLatch alive = new CountDownLatch(1);

      // The innermost lock of a selection; wakeUp() takes one like it, but only for a moment.
      synchronized (selector.selectedKeys()) {
        locked.countDown();
        loop.callSoonThreadsafe(alive::countDown);
        assertThat(alive.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .as("the loop calls others while the task waits")
            .isTrue();
      }

      running.join();
    }
  }

  // On the thread of the loop, which must not poll before the lock is taken.
  private static void spinUntilZero(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  /** Sends and receives nothing. */
  private static final class Silent implements Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {}
  }
}
