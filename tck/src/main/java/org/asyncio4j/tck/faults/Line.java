package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection: a thread that reads from one socket and writes to the other,
 * following its plan.
 */
final class Line {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final SocketChannel to;
  private final LinePlan plan;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final CountDownLatch ended = new CountDownLatch(1);
  private final SplittableRandom sizes;
  private int pieces;
  private long handedOn;
  private boolean swallowing;

  Line(SocketChannel from, SocketChannel to, LinePlan plan) {
    this.in = Channels.newInputStream(from);
    this.out = Channels.newOutputStream(to);
    this.to = to;
    this.plan = plan;
    this.pieces =
        switch (plan.pace()) {
          case Pace.Straight() -> 0;
          case Pace.Delayed(_, int count) -> count;
          case Pace.Split(_, int count, _, _) -> count;
          case Pace.Coalesced(_, int count) -> count;
        };
    this.sizes = new SplittableRandom(plan.pace() instanceof Pace.Split split ? split.seed() : 0);
  }

  /** How a line ended. */
  enum Outcome {
    /** The sender has ended, and the receiver was notified, unless the plan prevented it. */
    ENDED,

    /** The sender or the plan has reset the connection. */
    RESET,

    /** The receiver has stopped reading. */
    UNHEARD
  }

  /** Relays until the end. */
  Outcome run() {
    try {
      return relay();
    } catch (IOException gone) {
      return swallowing ? Outcome.ENDED : Outcome.RESET;
    } finally {
      ended.countDown();
    }
  }

  /** Waits a limited time for the end. */
  void awaitEnd(Duration limit) {
    try {
      boolean ignored = ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome relay() throws IOException {
    while (true) {
      if (!swallowing && handedOn >= plan.ending().afterBytes()) {
        if (plan.ending() instanceof Ending.Reset) {
          return Outcome.RESET;
        }
        if (plan.ending() instanceof Ending.HalfClose && !endReceiver()) {
          return Outcome.UNHEARD;
        }
        swallowing = true;
      }
      int count = read();
      if (count < 0) {
        return swallowing || endReceiver() ? Outcome.ENDED : Outcome.UNHEARD;
      }
      if (!swallowing) {
        if (!handOn(count)) {
          return Outcome.UNHEARD;
        }
        handedOn += count;
      }
    }
  }

  private int read() throws IOException {
    // Data after a reset stays unread: this makes the system report a reset on a Unix socket.
    long left = swallowing ? buffer.length : plan.ending().afterBytes() - handedOn;
    int most = (int) Math.min(buffer.length, left);
    int count = in.read(buffer, 0, most);
    if (count > 0 && pieces > 0 && plan.pace() instanceof Pace.Coalesced(Duration gather, _)) {
      pieces--;
      pause(gather);
      int more = Math.min(in.available(), most - count);
      return more > 0 ? count + in.readNBytes(buffer, count, more) : count;
    }
    return count;
  }

  private boolean handOn(int count) {
    try {
      int start = 0;
      while (start < count) {
        int piece = beginPiece(count - start);
        out.write(buffer, start, piece);
        start += piece;
        endPiece();
      }
      return true;
    } catch (IOException ignored) {
      return false;
    }
  }

  /** Returns how much of the available data to pass on now. */
  private int beginPiece(int available) {
    if (pieces == 0) {
      return available;
    }
    return switch (plan.pace()) {
      case Pace.Straight(), Pace.Coalesced _ -> available;
      case Pace.Delayed(Duration pause, _) -> {
        pieces--;
        pause(pause);
        yield available;
      }
      case Pace.Split(int mostBytes, _, _, _) -> Math.min(available, 1 + sizes.nextInt(mostBytes));
    };
  }

  private void endPiece() {
    if (pieces > 0 && plan.pace() instanceof Pace.Split(_, _, Duration pause, _)) {
      pieces--;
      pause(pause);
    }
  }

  /** Waits for the given time, or until interrupted. */
  private static void pause(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
  }

  private boolean endReceiver() {
    try {
      to.shutdownOutput();
      return true;
    } catch (IOException ignored) {
      return false;
    }
  }
}
