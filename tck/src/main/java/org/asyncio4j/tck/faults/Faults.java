package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Decides what happens to connections: the decision is always the same for the same seed, scene and
 * number.
 *
 * @param seed determines all decisions
 * @param kind the kind of faults
 * @param scene the owner of the connections, so that those of one rule do not depend on another
 */
public record Faults(long seed, Kind kind, String scene) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int LONGEST_PAUSE_MICROS = 2_000;
  private static final int FEW = 10;

  /** The kinds of faults. */
  public enum Kind {
    /** Delayed, split, coalesced: only what any stream may do. */
    TRANSPARENT,

    /** Also reset, half-closed, swallowed or refused. */
    DESTRUCTIVE
  }

  /** Checks the components. */
  public Faults {
    requireNonNull(kind, "kind");
    requireNonNull(scene, "scene");
  }

  /**
   * Returns faults that every program must tolerate.
   *
   * @param seed determines all decisions
   * @return the faults
   */
  public static Faults transparent(long seed) {
    return new Faults(seed, Kind.TRANSPARENT, "");
  }

  /**
   * Returns faults that end connections.
   *
   * @param seed determines all decisions
   * @return the faults
   */
  public static Faults destructive(long seed) {
    return new Faults(seed, Kind.DESTRUCTIVE, "");
  }

  /**
   * Returns these faults for another scene.
   *
   * @param changed the owner of the connections
   * @return the faults
   */
  public Faults withScene(String changed) {
    return new Faults(seed, kind, changed);
  }

  /** {@return whether connections may be ended} */
  public boolean isDestructive() {
    return kind == Kind.DESTRUCTIVE;
  }

  /**
   * Decides about a connection.
   *
   * @param number its number
   * @return the plan
   */
  public ConnectionPlan plan(int number) {
    SplittableRandom random =
        new SplittableRandom(seed * GOLDEN + scene.hashCode() * 31L + number * 0x632BE59BD9B4E019L);
    LinePlan toTarget = LinePlan.faithful().withPace(pace(random));
    LinePlan toCaller = LinePlan.faithful().withPace(pace(random));
    if (!isDestructive()) {
      return new ConnectionPlan.Relayed(toTarget, toCaller);
    }
    Ending ending = ending(random);
    return switch (random.nextInt(12)) {
      case 0 -> new ConnectionPlan.Refused();
      case 1 -> new ConnectionPlan.Relayed(toTarget, toCaller);
      case 2, 3 ->
          new ConnectionPlan.Relayed(
              toTarget.withEnding(ending), toCaller.withEnding(ending(random)));
      case 4, 5, 6, 7 -> new ConnectionPlan.Relayed(toTarget.withEnding(ending), toCaller);
      default -> new ConnectionPlan.Relayed(toTarget, toCaller.withEnding(ending));
    };
  }

  private static Pace pace(SplittableRandom random) {
    Duration pause = Duration.ofNanos(1_000L * random.nextInt(1, LONGEST_PAUSE_MICROS));
    int pieces = random.nextInt(1, FEW);
    return switch (random.nextInt(10)) {
      case 0 -> new Pace.Straight();
      case 1, 2 -> new Pace.Delayed(pause, pieces);
      case 3, 4 -> new Pace.Coalesced(pause, pieces);
      default ->
          new Pace.Split(
              1 << random.nextInt(13),
              random.nextInt(300),
              Duration.ofNanos(1_000L * random.nextInt(50)),
              random.nextLong());
    };
  }

  private static Ending ending(SplittableRandom random) {
    long afterBytes = random.nextInt(1 << random.nextInt(20));
    return switch (random.nextInt(3)) {
      case 0 -> new Ending.Reset(afterBytes);
      case 1 -> new Ending.HalfClose(afterBytes);
      default -> new Ending.Blackhole(afterBytes);
    };
  }

  /** {@return the option that repeats a run} */
  @Override
  public String toString() {
    return "%s faults, seed %d%s"
        .formatted(
            isDestructive() ? "destructive" : "transparent",
            seed,
            scene.isEmpty() ? "" : ", scene " + scene);
  }
}
