package org.asyncio4j.tck.kit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.asyncio4j.tck.faults.Faults;
import org.jspecify.annotations.Nullable;

/**
 * How the kit runs. Each component can be set by the system property that its description names;
 * durations are in milliseconds.
 *
 * @param ruleLimit after how long a rule counts as hung ({@code asyncio4j.tck.ruleLimit}, 10 s)
 * @param patience how long a rule waits for something that must happen; shorter than the limit, so
 *     that the verdict names what was missing ({@code asyncio4j.tck.patience}, 5 s)
 * @param quietPeriod how long a rule watches that something does not happen ({@code
 *     asyncio4j.tck.quietPeriod}, 30 ms)
 * @param leakLimit how long threads and descriptors may take to disappear after a rule ({@code
 *     asyncio4j.tck.leakLimit}, 3 s)
 * @param reportDirectory where reports are written ({@code asyncio4j.tck.reportDirectory}, {@code
 *     target})
 * @param faults what happens to the connections between a loop and its peers; nothing if empty
 *     ({@code asyncio4j.tck.faults} and {@code asyncio4j.tck.destructiveFaults}, each a seed)
 */
public record TckSettings(
    Duration ruleLimit,
    Duration patience,
    Duration quietPeriod,
    Duration leakLimit,
    Path reportDirectory,
    Optional<Faults> faults) {

  private static final String PREFIX = "asyncio4j.tck.";

  /** Checks the components. */
  public TckSettings {
    requirePositive(ruleLimit, "ruleLimit");
    requirePositive(patience, "patience");
    requirePositive(quietPeriod, "quietPeriod");
    requirePositive(leakLimit, "leakLimit");
    requireNonNull(reportDirectory, "reportDirectory");
    requireNonNull(faults, "faults");
  }

  /** {@return the settings that the descriptions of the components name} */
  public static TckSettings defaults() {
    return new TckSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofMillis(30),
        Duration.ofSeconds(3),
        Path.of("target"),
        Optional.empty());
  }

  /** {@return the defaults, changed by the system properties that are set} */
  public static TckSettings fromSystemProperties() {
    return from(System::getProperty);
  }

  static TckSettings from(Function<String, @Nullable String> properties) {
    TckSettings defaults = defaults();
    String directory = properties.apply(PREFIX + "reportDirectory");
    return new TckSettings(
        duration(properties, "ruleLimit", defaults.ruleLimit),
        duration(properties, "patience", defaults.patience),
        duration(properties, "quietPeriod", defaults.quietPeriod),
        duration(properties, "leakLimit", defaults.leakLimit),
        directory == null ? defaults.reportDirectory : Path.of(directory),
        seed(properties, "destructiveFaults")
            .map(Faults::destructive)
            .or(() -> seed(properties, "faults").map(Faults::transparent)));
  }

  /**
   * Returns these settings with another limit for a rule.
   *
   * @param changed after how long a rule counts as hung
   * @return the settings
   */
  public TckSettings withRuleLimit(Duration changed) {
    return new TckSettings(changed, patience, quietPeriod, leakLimit, reportDirectory, faults);
  }

  /**
   * Returns these settings with another patience.
   *
   * @param changed how long a rule waits for something that must happen
   * @return the settings
   */
  public TckSettings withPatience(Duration changed) {
    return new TckSettings(ruleLimit, changed, quietPeriod, leakLimit, reportDirectory, faults);
  }

  /**
   * Returns these settings with another quiet period.
   *
   * @param changed how long a rule watches that something does not happen
   * @return the settings
   */
  public TckSettings withQuietPeriod(Duration changed) {
    return new TckSettings(ruleLimit, patience, changed, leakLimit, reportDirectory, faults);
  }

  /**
   * Returns these settings with another limit for what a rule leaves behind.
   *
   * @param changed how long threads and descriptors may take to disappear
   * @return the settings
   */
  public TckSettings withLeakLimit(Duration changed) {
    return new TckSettings(ruleLimit, patience, quietPeriod, changed, reportDirectory, faults);
  }

  /**
   * Returns these settings with another directory for reports.
   *
   * @param changed where reports are written
   * @return the settings
   */
  public TckSettings withReportDirectory(Path changed) {
    return new TckSettings(ruleLimit, patience, quietPeriod, leakLimit, changed, faults);
  }

  /**
   * Returns these settings with faults in connections.
   *
   * @param changed what happens to connections between a loop and its peers
   * @return the settings
   */
  public TckSettings withFaults(Faults changed) {
    return new TckSettings(
        ruleLimit, patience, quietPeriod, leakLimit, reportDirectory, Optional.of(changed));
  }

  /** {@return these settings without faults in connections} */
  public TckSettings withoutFaults() {
    return new TckSettings(
        ruleLimit, patience, quietPeriod, leakLimit, reportDirectory, Optional.empty());
  }

  /**
   * {@return whether connections may be ended by faults, so that rules cannot be expected to hold}
   */
  public boolean isDestructive() {
    return faults.filter(Faults::isDestructive).isPresent();
  }

  private static Optional<Long> seed(Function<String, @Nullable String> properties, String name) {
    String text = properties.apply(PREFIX + name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "system property %s%s must be a seed, a whole number: '%s'".formatted(PREFIX, name, text),
          malformed);
    }
  }

  private static Duration duration(
      Function<String, @Nullable String> properties, String name, Duration otherwise) {
    String text = properties.apply(PREFIX + name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Duration.ofMillis(Long.parseLong(text));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "system property %s%s must be a number of milliseconds: '%s'"
              .formatted(PREFIX, name, text),
          malformed);
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s must be positive: %s".formatted(name, duration));
    }
  }
}
