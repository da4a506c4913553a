package org.asyncio4j.tck.driver;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Ending a wait from other threads, and interrupted threads, in every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class WakeUpTest extends DriverFixture {

  private static final long FOR_EVER = Long.MAX_VALUE;

  WakeUpTest(DriverProvider provider) {
    super(provider);
  }

  @Test
  void anEarlierWakeUpEndsOnlyTheNextPoll() throws IOException {
    poller().wakeUp();
    poller().wakeUp();
    poller().poll(FOR_EVER);

    long start = System.nanoTime();
    poller().poll(MILLISECONDS.toNanos(30));
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(30));
  }

  @Test
  void aWakeUpSurvivesACancelledRegistration() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.READ);
    poller().wakeUp();
    watch.registration.cancel();
    poller().poll(FOR_EVER);
  }

  @Test
  void noWakeUpIsLost() throws Exception {
    int rounds = 20_000;
    AtomicInteger published = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    Thread waker =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1; i <= rounds; i++) {
                published.set(i);
                poller().wakeUp();
                while (i % 3 == 0 && seen.get() < i) {
                  Thread.onSpinWait(); // so that some wake-ups meet a poller that sleeps
                }
              }
            });

    while (seen.get() < rounds) {
      if (seen.get() == published.get()) {
        poller().poll(FOR_EVER);
      }
      seen.set(published.get());
    }
    waker.join();
  }

  @Test
  void manyThreadsWakeWhileThePollerIsClosed() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    List<Thread> wakers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wakers.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (!stop.get()) {
                    poller().wakeUp();
                  }
                } catch (Throwable e) {
                  thrown.set(e);
                }
              }));
    }
    for (int i = 0; i < 100; i++) {
      poller().poll(FOR_EVER);
    }

    poller().close();
    // A descriptor that a late wake-up might hit: eight stray bytes would show.
    Pair pair = connectedWithoutPoller();
    for (int i = 0; i < 1_000; i++) {
      assertThat(pair.server().read(ByteBuffer.allocate(8))).isZero();
      assertThat(pair.client().read(ByteBuffer.allocate(8))).isZero();
    }
    stop.set(true);
    for (Thread waker : wakers) {
      waker.join();
    }
    poller().wakeUp();
    assertThat(thrown.get()).isNull();
  }

  private Pair connectedWithoutPoller() throws IOException {
    ListenerSocket listener = listener();
    StreamSocket client = stream();
    boolean connected = client.connect(listener.localAddress());
    StreamSocket server = null;
    while (server == null) {
      server = listener.accept();
    }
    closedLater(server);
    while (!connected) {
      connected = client.finishConnect();
    }
    return new Pair(client, server);
  }

  @Test
  void anInterruptedThreadAffectsNoSocket() throws Exception {
    inPlatformThread(this::exchangeWhileInterrupted);
  }

  @Test
  void anInterruptedVirtualThreadAffectsNoSocket() throws Exception {
    inVirtualThread(this::exchangeWhileInterrupted);
  }

  @Test
  void anInterruptDoesNotMakeThePollerBusy() throws Exception {
    inPlatformThread(this::waitWhileInterrupted);
  }

  @Test
  void anInterruptDoesNotMakeThePollerBusyInAVirtualThread() throws Exception {
    inVirtualThread(this::waitWhileInterrupted);
  }

  private void exchangeWhileInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    Pair pair = connectedWithoutPoller();
    assertThat(pair.client().write(ByteBuffer.allocate(5))).isEqualTo(5);
    assertThat(pair.client().write(new ByteBuffer[] {ByteBuffer.allocateDirect(5)}, 1))
        .isEqualTo(5);
    int read = 0;
    while (read < 10) {
      read += pair.server().read(ByteBuffer.allocate(10));
    }
    pair.client().shutdownOutput();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(pair.client().isOpen() && pair.server().isOpen()).isTrue();
    Watch watch = watch(pair.server(), Interest.WRITE);
    pollUntil(() -> watch.count > 0, "room to write");
    watch.registration.cancel();
    assertThat(pair.server().isOpen()).isTrue();
  }

  private void waitWhileInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    int polls = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < MILLISECONDS.toNanos(20)) {
      poller().poll(MILLISECONDS.toNanos(20));
      polls++;
    }
    assertThat(polls).isLessThan(5);
  }

  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  private static void inPlatformThread(Body body) throws Exception {
    run(Thread.ofPlatform(), body);
  }

  private static void inVirtualThread(Body body) throws Exception {
    run(Thread.ofVirtual(), body);
  }

  private static void run(Thread.Builder builder, Body body) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    builder
        .start(() -> {
          try {
            body.run();
          } catch (Throwable e) {
            thrown.set(e);
          }
        })
        .join();
    if (thrown.get() != null) {
      throw new AssertionError(thrown.get());
    }
  }
}
