package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.*;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every mutant breaks its rule, and no other of the same class that it does not own up to.
 *
 * <p>Most of the time goes by waiting. So the chapters are split among classes, which the build
 * runs in processes of their own; each of the mutants belongs to one.
 *
 * <p>{@code -Dasyncio4j.test.mutants=17.} examines those alone whose title begins so, by all rules
 * of the chapter, and prints how each was found.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class MutantExaminations {

  private static final TckSettings HURRIED =
      TckSettings.defaults()
          .withRuleLimit(Duration.ofMillis(2_500))
          .withPatience(Duration.ofMillis(1_000))
          .withLeakLimit(Duration.ofMillis(1_000));

  // A mutant of chapter 3 oversleeps after a pause that a busy machine hardly makes by itself.
  private static final TckSettings WATCHFUL = HURRIED.withQuietPeriod(Duration.ofMillis(150));
  // What is about to be held against a loop must not be the fault of a busy machine.
  private static final TckSettings PATIENT =
      TckSettings.defaults()
          .withRuleLimit(Duration.ofMinutes(2))
          .withPatience(Duration.ofMinutes(1))
          .withLeakLimit(Duration.ofMinutes(1));
  private static final TckSettings SECOND_LOOK =
      TckSettings.defaults()
          .withRuleLimit(Duration.ofMinutes(2))
          .withQuietPeriod(Duration.ofSeconds(1));
  private static final int WAKE_UPS = 3;
  private static final String CHOSEN = System.getProperty("asyncio4j.test.mutants", "");

  private static final Subject CORRECT = new Subject(new Loops(), CoroutineMode.CARRIER);

  /** A part of the work: some chapters, or those that are in no other. */
  enum Part {
    TASKS,
    CONNECTIONS(7, 8, 9),
    TRANSPORTS(10, 11, 16),
    OTHER_NETWORKS(17, 18, 19),
    SOCKETS(20);

    private final Set<Integer> chapters;

    Part(Integer... chapters) {
      this.chapters = Set.of(chapters);
    }

    static Part of(RuleId rule) {
      return Stream.of(values())
          .filter(part -> part.chapters.contains(rule.chapter()))
          .findFirst()
          .orElse(TASKS);
    }
  }

  private final Part part;
  private final RuleRunner hurried = new RuleRunner(HURRIED);
  private final RuleRunner watchful = new RuleRunner(WATCHFUL);
  private final RuleRunner patient = new RuleRunner(PATIENT);
  private final RuleRunner secondLook = new RuleRunner(SECOND_LOOK);

  MutantExaminations(Part part) {
    this.part = part;
  }

  @BeforeAll
  static void haveTheJdkOpenWhatItOpensOnlyOnce() {
    try (LocalExaminer examiner = new LocalExaminer(HURRIED)) {
      assertThat(examiner.readiness(CORRECT)).isEqualTo(new Readiness.Ready());
    }
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> aMutantBreaksItsRuleAndNoOther() {
    return Mutants.all().stream()
        .filter(mutant -> Part.of(mutant.rule()) == part)
        .filter(mutant -> mutant.title().startsWith(CHOSEN))
        .map(mutant -> DynamicTest.dynamicTest(mutant.title(), () -> examine(mutant)));
  }

  // Before mutants that hang leave threads that run on.
  @Test
  @Order(1)
  void theCorrectLoopBreaksNoRule() {
    assertThat(
            rules()
                .filter(rule -> Part.of(rule.id()) == part)
                .map(rule -> patient.run(rule, CORRECT)))
        .filteredOn(result -> result.verdict().isViolation())
        .map(RuleResult::message)
        .isEmpty();
  }

  private void examine(Mutant mutant) {
    assumeTrue(mutant.provider().availability() instanceof Available, "its driver is not here");
    Subject subject = new Subject(mutant.provider(), CoroutineMode.CARRIER);
    for (RuleCase rule : rulesFor(mutant)) {
      if (rule.id().equals(mutant.rule())) {
        RuleResult found = find(rule, subject);
        if (!CHOSEN.isEmpty()) {
          System.out.printf("%s: %s: %s%n", mutant.title(), found.verdict(), found.message());
        }
        expect(rule, found, Verdict.FAILED, Verdict.HANG);
      } else if (!mutant.also().contains(rule.id())) {
        expectNoViolation(rule, subject);
      }
    }
  }

  // On a busy machine what must not happen may happen after a short watch has ended; and what is
  // right at first may be wrong on a loop that was used.
  private RuleResult find(RuleCase rule, Subject subject) {
    RuleResult result = inAHurry(rule).run(rule, subject);
    if (result.verdict() != Verdict.PASSED) {
      return result;
    }
    Subject used = new Subject(subject.provider(), subject.engine(), false, true);
    return secondLook.run(rule, used);
  }

  private RuleRunner inAHurry(RuleCase rule) {
    return rule.id().chapter() == WAKE_UPS ? watchful : hurried;
  }

  // What fails in a hurry may only have been slow.
  private void expectNoViolation(RuleCase rule, Subject subject) {
    RuleResult result = inAHurry(rule).run(rule, subject);
    if (result.verdict().isViolation()) {
      result = patient.run(rule, subject);
    }
    expect(rule, result, Verdict.PASSED, Verdict.NOT_APPLICABLE);
  }

  private static void expect(RuleCase rule, RuleResult result, Verdict... verdicts) {
    assertThat(result.verdict())
        .as("%s: %s", rule.title(), result.message())
        .isIn((Object[]) verdicts);
  }

  // A chapter has up to sixty rules, and as many mutants.
  private static List<RuleCase> rulesFor(Mutant mutant) {
    if (!CHOSEN.isEmpty()) {
      return rules().filter(rule -> rule.id().chapter() == mutant.rule().chapter()).toList();
    }
    return Chapters.all().stream()
        .map(Chapter::rules)
        .filter(rules -> rules.stream().anyMatch(rule -> rule.id().equals(mutant.rule())))
        .flatMap(List::stream)
        .toList();
  }

  static Stream<RuleCase> rules() {
    return Chapters.all().stream().flatMap(chapter -> chapter.rules().stream());
  }

  static List<RuleId> ruleIds() {
    return rules().map(RuleCase::id).sorted().toList();
  }
}
