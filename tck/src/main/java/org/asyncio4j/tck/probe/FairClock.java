package org.asyncio4j.tck.probe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The time that the machine gave to this process. It runs as fast as any clock while the machine
 * has processors to spare, and slower while other programs take them, or while it stands still. So
 * a limit in this time is as right on a busy machine as on a quiet one.
 */
public final class FairClock {

  private static final long BEAT_NANOS = 10_000_000;
  private static final int BEATS_PER_SAMPLE = 20;
  private static final FairClock OF_THIS_PROCESS = new FairClock();

  static {
    Thread ignored =
        Thread.ofPlatform()
            .daemon()
            .name("tck-heartbeat")
            .start(() -> OF_THIS_PROCESS.beat(Load.ofSystem()));
  }

  // Only the heartbeat writes it.
  private volatile long nanos;

  private double share = 1;

  FairClock() {}

  /**
   * How busy the machine is.
   *
   * @param all the share of its processors that is in use, from 0 to 1
   * @param own the share of its processors that this process uses, from 0 to 1
   * @param available the share of a processor that one more thread would get, from 0 to 1: a
   *     process that waits uses little, but is not starved
   */
  record Load(double all, double own, double available) {

    private static final double BUSY = 0.9;
    private static final double UNKNOWN = 0.25;

    static Sampler ofSystem() {
      if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
        return () -> new Load(0, 0, 1);
      }
      return () -> new Load(system.getCpuLoad(), system.getProcessCpuLoad(), available(system));
    }

    private static double available(OperatingSystemMXBean system) {
      double runnable = system.getSystemLoadAverage();
      return runnable < 0 ? UNKNOWN : Math.min(1, system.getAvailableProcessors() / (1 + runnable));
    }

    /** The share of the processor time in use that is ours, or 1 if there is enough for all. */
    double share() {
      boolean enough = !(all > BUSY) || !(own >= 0);
      return enough ? 1 : Math.clamp(own / all, available, 1);
    }
  }

  /** Measures how busy the machine was since the last time. */
  interface Sampler {
    Load sample();
  }

  /** {@return the reading of the clock of this process, in nanoseconds since it was started} */
  public static long nanoTime() {
    return OF_THIS_PROCESS.nanos;
  }

  /**
   * Returns when a limit will have passed.
   *
   * @param limit the limit
   * @return the reading at that time, at most {@link Long#MAX_VALUE}
   */
  public static long deadline(Duration limit) {
    return OF_THIS_PROCESS.nanos + limit.toNanos();
  }

  /** A stretch of time, of both kinds. */
  public static final class Stretch {

    private static final double GIVEN = 0.8;

    private final long wallStart = System.nanoTime();
    private final long fairStart = OF_THIS_PROCESS.nanos;

    /** Begins a stretch. */
    public Stretch() {}

    /** {@return whether other programs took a good part of the machine since the beginning} */
    public boolean wasBusy() {
      long wall = System.nanoTime() - wallStart - 2 * BEAT_NANOS;
      return OF_THIS_PROCESS.nanos - fairStart < GIVEN * wall;
    }
  }

  private void beat(Sampler sampler) {
    long last = System.nanoTime();
    for (int beats = 1; ; beats++) {
      LockSupport.parkNanos(BEAT_NANOS);
      if (beats % BEATS_PER_SAMPLE == 0) {
        share = sampler.sample().share();
      }
      long now = System.nanoTime();
      advance(now - last);
      last = now;
    }
  }

  // A beat that comes late shows that the machine gave no time at all in the meantime.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the heartbeat writes it
  void advance(long wallNanos) {
    nanos += Math.round(Math.min(wallNanos, 2 * BEAT_NANOS) * share);
  }

  void use(Load load) {
    share = load.share();
  }

  long nanos() {
    return nanos;
  }
}
