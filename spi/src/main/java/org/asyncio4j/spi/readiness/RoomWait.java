package org.asyncio4j.spi.readiness;

import java.net.SocketAddress;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.internal.socket.GrowingPause;
import org.jspecify.annotations.Nullable;

/**
 * The wait of an endpoint until the system may take its next datagram: for readiness or, where
 * readiness says nothing about room, for a pause that grows until a datagram is taken.
 */
final class RoomWait {

  private final ReadinessDatagrams backend;
  private final DatagramSocket socket;
  private final ReadinessEventLoop loop;
  private final Runnable retry;

  // Confined to the loop's thread.
  private final GrowingPause pause = new GrowingPause();
  private @Nullable TimerHandle timer;

  /**
   * Creates an object that does not wait yet.
   *
   * @param backend watches the socket
   * @param socket knows whether readiness means that there is room
   * @param loop provides the timers
   * @param retry queues another attempt
   */
  RoomWait(
      ReadinessDatagrams backend, DatagramSocket socket, ReadinessEventLoop loop, Runnable retry) {
    this.backend = backend;
    this.socket = socket;
    this.loop = loop;
    this.retry = retry;
  }

  /**
   * Waits because the system has not taken a datagram.
   *
   * @param to the destination of the datagram
   */
  void forRoom(@Nullable SocketAddress to) {
    if (socket.tellsRoomFor(to)) {
      forTurn();
    } else if (timer == null) {
      backend.watch(Interest.WRITE, false);
      timer = loop.callLater(pause.next(), this::tryAgain, Context.empty());
    }
  }

  /** Waits because datagrams are left that were not tried, so that other callbacks run. */
  void forTurn() {
    stopTimer();
    backend.watch(Interest.WRITE, true);
  }

  /** Notes that the system has taken a datagram: the next wait begins with the shortest pause. */
  void progressed() {
    pause.reset();
  }

  /** Ends the wait, because nothing is left to send. */
  void end() {
    stopTimer();
    pause.reset();
    backend.watch(Interest.WRITE, false);
  }

  /** Stops the timer, because the endpoint is lost. */
  void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void tryAgain() {
    timer = null;
    retry.run();
  }
}
