package org.asyncio4j.spi.readiness;

import java.net.SocketAddress;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.internal.socket.GrowingPause;
import org.jspecify.annotations.Nullable;

/**
 * The wait of an endpoint until the system may take its next datagram: for readiness, or, where
 * that tells nothing, for a pause that grows as long as nothing is taken.
 */
final class RoomWait {

  private final ReadinessDatagrams backend;
  private final UdpSocket socket;
  private final ReadinessEventLoop loop;
  private final Runnable retry;

  // Of the loop's thread.
  private final GrowingPause pause = new GrowingPause();
  private @Nullable TimerHandle timer;

  /**
   * Waits for nothing yet.
   *
   * @param backend has the socket watched
   * @param socket tells whether that helps
   * @param loop has the timers
   * @param retry queues another try
   */
  RoomWait(ReadinessDatagrams backend, UdpSocket socket, ReadinessEventLoop loop, Runnable retry) {
    this.backend = backend;
    this.socket = socket;
    this.loop = loop;
    this.retry = retry;
  }

  /**
   * The system has not taken a datagram.
   *
   * @param to where it goes to
   */
  void forRoom(@Nullable SocketAddress to) {
    if (socket.tellsRoomFor(to)) {
      forTurn();
    } else if (timer == null) {
      backend.watch(Interest.WRITE, false);
      timer = loop.callLater(pause.next(), this::tryAgain, Context.empty());
    }
  }

  /** Something is left that was not tried, to leave others their turn. */
  void forTurn() {
    stopTimer();
    backend.watch(Interest.WRITE, true);
  }

  /** The system has taken a datagram: the next one does not wait longer for that. */
  void progressed() {
    pause.reset();
  }

  /** Nothing is left to send. */
  void end() {
    stopTimer();
    pause.reset();
    backend.watch(Interest.WRITE, false);
  }

  /** The endpoint is lost. */
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
