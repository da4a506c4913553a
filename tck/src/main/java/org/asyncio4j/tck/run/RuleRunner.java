package org.asyncio4j.tck.run;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.Aftermath;
import org.asyncio4j.tck.probe.FairClock;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.NotApplicableException;
import org.asyncio4j.tck.probe.RuleViolation;
import org.jspecify.annotations.Nullable;

/** Runs one rule on one loop, in a thread of its own, and always returns an outcome. */
public final class RuleRunner {

  private static final Duration SLICE = Duration.ofMillis(50);

  private final TckSettings settings;

  /**
   * Creates a runner.
   *
   * @param settings the limits
   */
  public RuleRunner(TckSettings settings) {
    this.settings = settings;
  }

  /**
   * Runs a rule.
   *
   * @param rule the rule
   * @param subject the loop
   * @return the outcome; this method does not throw
   */
  public RuleResult run(RuleCase rule, Subject subject) {
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(rule.requires());
    missing.removeAll(subject.provider().capabilities());
    if (!missing.isEmpty()) {
      return result(rule, subject, Verdict.NOT_APPLICABLE, needs(missing), null, 0);
    }
    if (settings.isDestructive() && rule.direct().isPresent()) {
      String reason = "no fault proxy is allowed: " + rule.direct().get();
      return result(rule, subject, Verdict.NOT_APPLICABLE, reason, null, 0);
    }
    LeakCheck leaks = LeakCheck.begin(settings);
    LoopFixture fixture = new LoopFixture(subject.provider(), subject.context(), settingsOf(rule));
    AtomicReference<Outcome> outcome = new AtomicReference<>(new Outcome(null, ""));
    long start = System.nanoTime();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("tck-rule-" + rule.id())
            .start(() -> outcome.set(attempt(rule, fixture, subject.used())));
    boolean ended = join(thread);
    long took = System.nanoTime() - start;
    if (!ended) {
      String dump = faultsOf(fixture) + HangDump.of(thread, fixture);
      fixture.abandon();
      thread.interrupt();
      String message =
          "rule %s hung: it did not end within %s%n%s".formatted(rule.id(), limit(), dump);
      return result(rule, subject, Verdict.HANG, message, null, took);
    }
    Outcome found = outcome.get();
    if (found.thrown() == null) {
      found = new Outcome(leaks.find().map(RuleViolation::new).orElse(null), found.note());
    }
    return judge(rule, subject, found, faultsOf(fixture), took);
  }

  /** The exceptions of a rule and of the checks after it, and the message if there are none. */
  private record Outcome(@Nullable Throwable thrown, String note) {}

  private TckSettings settingsOf(RuleCase rule) {
    return rule.direct().isPresent()
        ? settings.withoutFaults()
        : settings
            .faults()
            .map(faults -> settings.withFaults(faults.withScene(rule.id().toString())))
            .orElse(settings);
  }

  private static String faultsOf(LoopFixture fixture) {
    return fixture
        .settings()
        .faults()
        .map(faults -> "%n%s%n%s%n".formatted(faults, String.join("\n", fixture.faults())))
        .orElse("");
  }

  private static RuleResult judge(
      RuleCase rule, Subject subject, Outcome outcome, String faults, long took) {
    Throwable thrown = outcome.thrown();
    if (thrown == null) {
      return result(rule, subject, Verdict.PASSED, outcome.note(), null, took);
    }
    if (thrown instanceof NotApplicableException inapplicable) {
      String reason = String.valueOf(inapplicable.getMessage());
      return result(rule, subject, Verdict.NOT_APPLICABLE, reason, null, took);
    }
    if (KitBug.isBehind(thrown)) {
      String message = "rule %s: the kit itself failed: %s".formatted(rule.id(), thrown);
      return result(rule, subject, Verdict.KIT_BUG, message, thrown, took);
    }
    String found =
        thrown instanceof RuleViolation violation
            ? String.valueOf(violation.getMessage())
            : "the loop must not throw here but threw " + thrown;
    String message = "rule %s (%s): %s%s".formatted(rule.id(), rule.sentence(), found, faults);
    return result(rule, subject, Verdict.FAILED, message, thrown, took);
  }

  private static Outcome attempt(RuleCase rule, LoopFixture fixture, boolean onUsedLoop) {
    Throwable thrown = null;
    String note = "";
    try {
      if (onUsedLoop) {
        use(rule, fixture);
      }
      rule.run(fixture);
    } catch (Throwable failure) {
      thrown = failure;
    }
    // A rule may test interrupts; closing must not be affected.
    boolean ignored = Thread.interrupted();
    if (fixture.settings().isDestructive() && !(thrown instanceof NotApplicableException)) {
      note =
          thrown == null
              ? ""
              : "survived; because of the faults, the rule itself failed: " + thrown;
      thrown = afterDestruction(fixture);
    }
    try {
      fixture.close();
    } catch (Throwable unclean) {
      thrown = thrown == null ? unclean : thrown;
    }
    return new Outcome(thrown, note);
  }

  // What is right at first may be wrong from the second time on.
  private static void use(RuleCase rule, LoopFixture next) throws Throwable {
    LoopFixture first = new LoopFixture(next.provider(), next.context(), next.settings());
    rule.run(first);
    boolean ignored = Thread.interrupted();
    first.closeInto(next);
  }

  // With faults, the outcome of the rule itself does not matter; the checks after it do.
  private static @Nullable Throwable afterDestruction(LoopFixture fixture) {
    try {
      new Aftermath(fixture).expectHealth();
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private boolean join(Thread thread) {
    long deadline = FairClock.deadline(limit());
    try {
      boolean ended = thread.join(SLICE);
      while (!ended && FairClock.nanoTime() < deadline) {
        ended = thread.join(SLICE);
      }
      return ended;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration limit() {
    return settings.ruleLimit();
  }

  private static String needs(Set<Capability> missing) {
    return "needs "
        + missing.stream().map(Enum::name).collect(joining(", "))
        + ", which the loop does not declare";
  }

  private static RuleResult result(
      RuleCase rule,
      Subject subject,
      Verdict verdict,
      String message,
      @Nullable Throwable thrown,
      long took) {
    return new RuleResult(
        rule, subject, verdict, message, Optional.ofNullable(thrown), Duration.ofNanos(took));
  }
}
