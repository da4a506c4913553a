package org.asyncio4j.tck.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.FakeLoops;
import org.asyncio4j.tck.run.Readiness;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loops that crash, exit or hang get the verdict, and harm no other. */
@Timeout(600)
final class IsolatedExaminerTest {

  private static final String SERVICES = "META-INF/services/";
  private static final RuleCase RULE = rule("2.1");

  @TempDir Path directory;
  private IsolatedExaminer examiner;

  @BeforeEach
  void offerTheLoops() throws IOException {
    Path services = Files.createDirectories(directory.resolve(SERVICES));
    Files.writeString(
        services.resolve(EventLoopProvider.class.getName()),
        Stream.of(NastyLoops.class.getPermittedSubclasses())
            .map(Class::getName)
            .collect(Collectors.joining("\n")));
    examiner = new IsolatedExaminer(command("-Xmx64m"), TckSettings.defaults());
  }

  @AfterEach
  void endTheProcess() {
    examiner.close();
  }

  @Test
  void aLoopThatExitsCrashesTheRuleAndNoOther() {
    Subject subject = subject(new NastyLoops.Exiting());
    assertThat(examiner.readiness(subject)).isEqualTo(new Readiness.Ready());

    RuleResult result = examiner.examine(RULE, subject);

    assertThat(result.verdict()).isEqualTo(Verdict.CRASHED);
    assertThat(result.message())
        .startsWith("rule 2.1: the process of the loop ended with status 7")
        .contains("last words of exiting");
    assertNextRulePasses(subject);
  }

  @Test
  void aLoopThatUsesUpTheMemoryCrashesTheRuleAndNoOther() {
    Subject subject = subject(new NastyLoops.Greedy());
    assertThat(examiner.readiness(subject)).isEqualTo(new Readiness.Ready());

    RuleResult result = examiner.examine(RULE, subject);

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.CRASHED);
    assertThat(result.message()).contains("status 3");
    assertNextRulePasses(subject);
  }

  @Test
  void aLoopThatNeverEndsHangsAndHarmsNoOther() {
    examiner =
        new IsolatedExaminer(command("-Dasyncio4j.tck.ruleLimit=5000"), TckSettings.defaults());
    Subject subject = subject(new NastyLoops.Endless());
    assertThat(examiner.readiness(subject)).isEqualTo(new Readiness.Ready());

    RuleResult result = examiner.examine(RULE, subject);

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HANG);
    assertThat(result.message()).contains("NastyLoops$Endless.hurt");
    assertNextRulePasses(subject);
  }

  @Test
  void aLoopThatDoesNotOpenIsNotReady() {
    assertThat(examiner.readiness(subject(new NastyLoops.Closed())))
        .isEqualTo(
            new Readiness.Unopenable("open throws java.lang.IllegalStateException: out of order"));
  }

  @Test
  void aLoopThatTheProcessDoesNotFindIsNotJudged() {
    Subject subject = subject(FakeLoops.named("elsewhere"));
    assertThat(examiner.readiness(subject))
        .isEqualTo(new Readiness.Absent("its own process does not find it"));
  }

  private void assertNextRulePasses(Subject subject) {
    RuleResult next = examiner.examine(rule("2.2"), subject);
    assertThat(next.verdict()).as(next.message()).isEqualTo(Verdict.PASSED);
  }

  private List<String> command(String flag) {
    List<String> command = new ArrayList<>(WorkerCommand.of(List.of(flag)));
    int classPath = command.indexOf("--class-path") + 1;
    command.set(classPath, directory + File.pathSeparator + command.get(classPath));
    return command;
  }

  private static Subject subject(EventLoopProvider provider) {
    return new Subject(provider, CoroutineMode.HANDOFF);
  }

  private static RuleCase rule(String number) {
    return Chapters.all().stream()
        .flatMap(chapter -> chapter.rules().stream())
        .filter(rule -> rule.id().equals(RuleId.of(number)))
        .findFirst()
        .orElseThrow();
  }
}
