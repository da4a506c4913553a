package org.asyncio4j.tck.driver;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for readiness, in every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class PollerTest extends DriverFixture {

  private static final int BOTH = Interest.READ | Interest.WRITE;

  PollerTest(DriverProvider provider) {
    super(provider);
  }

  private long timeOfPoll(long waitNanos) throws IOException {
    long start = System.nanoTime();
    poller().poll(waitNanos);
    return System.nanoTime() - start;
  }

  /** Waits for that long, though a driver may return early now and then. */
  private void pollThrough(long nanos) throws IOException {
    long start = System.nanoTime();
    for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
      poller().poll(left);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 999_999, 1_000_001, 30_000_000})
  void aWaitLastsAtLeastAsLongAsAskedFor(long nanos) throws IOException {
    assertThat(timeOfPoll(nanos)).isBetween(nanos, nanos + SECONDS.toNanos(10));
  }

  @Test
  void noWaitReturnsAtOnce() throws IOException {
    // Where others have the processor, any one poll may take long; the next will not.
    long start = System.nanoTime();
    long last = timeOfPoll(0);
    while (last >= MILLISECONDS.toNanos(1) && System.nanoTime() - start < SECONDS.toNanos(20)) {
      last = timeOfPoll(0);
    }
    assertThat(last).isLessThan(MILLISECONDS.toNanos(1));
  }

  @Test
  void readinessIsReportedAgainUntilItIsUsed() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.READ);
    pair.client().write(ByteBuffer.allocate(1));

    pollUntil(() -> watch.count == 1, "one report");
    pollUntil(() -> watch.count == 2, "another report");
    pair.server().read(ByteBuffer.allocate(10));
    poller().poll(0);

    assertThat(watch.count).isEqualTo(2);
    assertThat(watch.bits).isEqualTo(Interest.READ);
  }

  @Test
  void onlyRequestedReadinessIsReported() throws IOException {
    Pair pair = connectedPair();
    pair.client().write(ByteBuffer.allocate(1));
    Watch watch = watch(pair.server(), Interest.WRITE);

    pollUntil(() -> watch.count > 0, "room to write");

    assertThat(watch.bits).isEqualTo(Interest.WRITE);
    assertThat(watch.registration.interest()).isEqualTo(Interest.WRITE);
  }

  @Test
  void interestCanBeChanged() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.NONE);
    pair.client().write(ByteBuffer.allocate(1));
    poller().poll(0);
    assertThat(watch.count).isZero();

    watch.registration.setInterest(BOTH);
    pollUntil(() -> watch.received(BOTH), "both");
    watch.registration.setInterest(Interest.READ);
    watch.registration.setInterest(Interest.READ);
    watch.forget();
    pollUntil(() -> watch.count > 0, "something to read");
    assertThat(watch.bits).isEqualTo(Interest.READ);

    watch.registration.setInterest(Interest.NONE);
    watch.forget();
    poller().poll(0);
    assertThat(watch.count).isZero();
    assertThat(watch.registration.interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void withoutInterestNothingIsReportedEvenWhenTheConnectionIsLost() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), BOTH);
    pollUntil(() -> watch.count > 0, "room to write");
    watch.registration.setInterest(Interest.NONE);
    watch.forget();
    reset(pair.client());

    long polls = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < MILLISECONDS.toNanos(20)) {
      poller().poll(MILLISECONDS.toNanos(20));
      polls++;
    }

    assertThat(watch.count).isZero();
    assertThat(polls).as("polls: a busy loop").isLessThan(10);
  }

  @Test
  void aLostConnectionIsReadyForAnyInterest() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.READ);
    reset(pair.client());
    pollUntil(() -> watch.count > 0, "the reset");
    assertThat(watch.bits).isEqualTo(Interest.READ);

    watch.registration.setInterest(BOTH);
    watch.forget();
    pollUntil(() -> watch.count > 0, "the reset again");
    assertThat(watch.bits).isEqualTo(BOTH);
  }

  @Test
  void theEndOfAConnectIsReadinessToWrite() throws IOException {
    StreamSocket client = stream();
    if (!client.connect(listener().localAddress())) {
      finishConnect(client);
    }
    Watch watch = watch(client, BOTH);
    pollUntil(() -> watch.received(Interest.WRITE), "room to write after the connect");

    StreamSocket refused = stream();
    assertThatThrownBy(
            () -> {
              refused.connect(refusingAddress());
              finishConnect(refused);
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aCancelledRegistrationGetsNoEventsAndTheSocketMayReturn() throws IOException {
    Pair pair = connectedPair();
    Watch first = watch(pair.server(), BOTH);
    pollUntil(() -> first.count > 0, "room to write");

    first.registration.cancel();
    first.registration.cancel();
    first.registration.setInterest(BOTH);
    first.forget();
    poller().poll(0);
    assertThat(first.count).isZero();

    Watch second = watch(pair.server(), Interest.WRITE);
    pollUntil(() -> second.count > 0, "room to write, by the new registration");
    assertThat(first.count).isZero();
  }

  @Test
  void aSocketIsWatchedOnce() throws IOException {
    StreamSocket socket = connectedPair().server();
    Watch watch = watch(socket, Interest.WRITE);

    assertThatThrownBy(() -> watch(socket, Interest.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("watched already");

    pollUntil(() -> watch.count > 0, "room to write, by the registration that was there");
  }

  @Test
  void aReusedDescriptorIsAnotherSocket() throws IOException {
    for (int round = 0; round < 50; round++) {
      Pair pair = connectedPair();
      Watch old = watch(pair.server(), BOTH);
      poller().poll(0);
      old.registration.cancel();
      pair.server().close();
      pair.client().close();
      old.forget();

      Pair next = connectedPair();
      Watch fresh = watch(next.server(), Interest.WRITE);
      pollUntil(() -> fresh.count > 0, "room to write");

      assertThat(old.count).isZero();
      next.server().close();
      next.client().close();
    }
  }

  @Test
  void aSocketClosedWithoutCancelIsForgotten() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), BOTH);
    pair.server().close();

    poller().poll(0);
    watch.registration.setInterest(Interest.READ);
    watch.registration.cancel();
    poller().poll(0);

    assertThat(connectedPair().server().isOpen()).isTrue();
  }

  @Test
  void tenThousandSocketsAreWatched() throws IOException {
    int sockets = 10_000;
    Watch[] watches = new Watch[sockets];
    var listener = listener();
    for (int i = 0; i < sockets; i += 2) {
      Pair pair = connectedPair(listener);
      watches[i] = watch(pair.client(), Interest.WRITE);
      watches[i].registration.setInterest(Interest.NONE);
      watches[i + 1] = watch(pair.server(), Interest.NONE);
    }
    for (Watch watch : watches) {
      watch.forget();
      watch.registration.setInterest(Interest.WRITE);
    }

    int left = sockets;
    for (int polls = 0; left > 0; polls++) {
      assertThat(polls).isLessThan(sockets);
      poller().poll(SECONDS.toNanos(10));
      for (Watch watch : watches) {
        if (watch.count > 0 && watch.registration.interest() != Interest.NONE) {
          watch.registration.setInterest(Interest.NONE);
          left--;
        }
      }
    }

    for (Watch watch : watches) {
      watch.registration.cancel();
    }
  }

  @Test
  void closingThePollerLeavesTheSocketsOpen() throws IOException {
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.READ);

    poller().close();
    poller().close();
    watch.registration.setInterest(BOTH);
    watch.registration.cancel();

    assertThat(pair.client().write(ByteBuffer.allocate(3))).isEqualTo(3);
    assertThat(pair.server().isOpen()).isTrue();
    long start = System.nanoTime();
    int read = 0;
    while (read == 0 && System.nanoTime() - start < SECONDS.toNanos(10)) {
      read = pair.server().read(ByteBuffer.allocate(3));
    }
    assertThat(read).isEqualTo(3);
  }

  @Test
  void aWaitBelowTheResolutionIsNotBusy() throws IOException {
    long start = System.nanoTime();
    int polls = 0;
    while (System.nanoTime() - start < MILLISECONDS.toNanos(50)) {
      poller().poll(MICROSECONDS.toNanos(500));
      polls++;
    }
    assertThat(polls).isLessThanOrEqualTo(101);
  }

  @Test
  void aListenerWithoutEventsLetsTimePass() throws IOException {
    Watch watch = watch(listener(), Interest.READ);
    pollThrough(MILLISECONDS.toNanos(5));
    assertThat(watch.count).isZero();
  }
}
