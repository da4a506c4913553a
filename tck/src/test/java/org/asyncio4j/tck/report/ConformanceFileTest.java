package org.asyncio4j.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.FakeLoops;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conformance.json}: what is in it, and what it is worth. */
final class ConformanceFileTest {

  private static final Chapter CHAPTER =
      new Chapter(2, "Water", ConformanceFileTest.class, fixture -> fixture, true);
  private static final RuleCase RULE = CHAPTER.rules().getFirst();
  private static final RuleCatalog CATALOG = catalog("Water is `wet`.");

  private final Verification verification = new Verification(CATALOG, List.of(CHAPTER));
  private final ConformanceReport report = new ConformanceReport(CATALOG);
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("conformance.json");
  }

  @Rule("2.3")
  void waterIsWet() {}

  private static RuleCatalog catalog(String fact) {
    return RuleCatalog.parse(
        List.of(
            "| <a name=\"2.3\">2.3</a> | MUST | %s |".formatted(fact),
            "| intent | Fish rely on it. |"));
  }

  private void addAll(String loop, Verdict verdict) {
    Subject.of(FakeLoops.named(loop), Optional.empty())
        .forEach(subject -> report.add(result(subject, verdict)));
  }

  private static RuleResult result(Subject subject, Verdict verdict) {
    return new RuleResult(RULE, subject, verdict, "seen", Optional.empty(), Duration.ofMillis(12));
  }

  private List<String> problems() throws IOException {
    report.writeTo(directory);
    return verification.problems(ConformanceFile.read(file));
  }

  @Test
  void theFileHoldsTheRun() throws IOException {
    addAll("fake", Verdict.PASSED);
    report.add(new Gap("far", "too far"));
    report.setOptions(List.of("--loop", "fake"));
    report.writeTo(directory);

    ConformanceFile read = ConformanceFile.read(file);

    assertThat(read.results())
        .hasSize(5)
        .first()
        .isEqualTo(
            new ConformanceFile.Entry(
                "fake", "carrier", false, false, "2.3", "passed", 0.012, "seen"));
    assertThat(read.loops()).extracting(ConformanceFile.Loop::name).containsExactly("fake");
    assertThat(read.options()).containsExactly("--loop", "fake");
    assertThat(read.notJudged()).containsExactly("not judged: far: too far");
    assertThat(read.machine().jdk()).isEqualTo(Runtime.version().toString());
    assertThat(read.conclusion()).isEqualTo(Conclusion.NOT_JUDGED);
    assertThat(read.specification()).isEqualTo(CATALOG.fingerprint());
  }

  @Test
  void aCompleteRunThatKeepsAllRulesIsAccepted() throws IOException {
    addAll("one", Verdict.PASSED);
    addAll("other", Verdict.NOT_APPLICABLE);
    assertThat(problems()).isEmpty();
    assertThat(verification.conclusion(ConformanceFile.read(file))).isEqualTo(Conclusion.CONFORMS);
  }

  @Test
  void aPartialRunIsRefused() throws IOException {
    addAll("one", Verdict.PASSED);
    report.add(
        result(Subject.of(FakeLoops.named("other"), Optional.empty()).get(1), Verdict.PASSED));

    assertThat(problems()).isNotEmpty();
    assertThat(verification.conclusion(ConformanceFile.read(file)))
        .isEqualTo(Conclusion.NOT_JUDGED);
    assertThat(problems())
        .containsExactly(
            "it is partial: 4 results are missing, for instance other, carrier, used: 2.3; other,"
                + " carrier: 2.3; other, carrier, debug: 2.3");
  }

  @Test
  void violationsAndGapsAreRefused() throws IOException {
    addAll("fake", Verdict.FAILED);
    assertThat(problems()).containsExactly("its loops do not conform: violates");
    assertThat(verification.conclusion(ConformanceFile.read(file))).isEqualTo(Conclusion.VIOLATES);
  }

  @Test
  void anEmptyRunIsRefused() throws IOException {
    assertThat(problems()).contains("it is about no loop");
  }

  @Test
  void anEditedFileIsRefused() throws IOException {
    addAll("fake", Verdict.FAILED);
    report.writeTo(directory);
    Files.writeString(
        file,
        Files.readString(file).replace("\"failed\"", "\"passed\"").replace("VIOLATES", "CONFORMS"));

    assertThat(verification.problems(ConformanceFile.read(file)))
        .containsExactly("it was edited: its digest is that of another content");
  }

  @Test
  void aFileAboutOtherRulesIsRefused() throws IOException {
    addAll("fake", Verdict.PASSED);
    report.writeTo(directory);
    Verification other = new Verification(catalog("Water is dry."), List.of(CHAPTER));

    assertThat(other.problems(ConformanceFile.read(file)))
        .singleElement()
        .asString()
        .startsWith("it is about other rules: ");
  }

  @Test
  void somethingElseIsRefused() throws IOException {
    for (String content : List.of("", "{}", "[]", "{\"results\": 1}", "not json at all")) {
      Files.writeString(file, content);
      assertThatIllegalArgumentException()
          .as(content)
          .isThrownBy(() -> ConformanceFile.read(file))
          .withMessageContaining("it is no conformance.json");
    }
  }

  @Test
  void theMatrixHasTheWorstVerdictOfEachLoop() throws IOException {
    addAll("one", Verdict.PASSED);
    addAll("other", Verdict.PASSED);
    report.add(result(new Subject(FakeLoops.named("other"), CoroutineMode.HANDOFF), Verdict.FLAKY));
    report.writeTo(directory);

    assertThat(new Matrix(CATALOG, List.of(ConformanceFile.read(file))).markdown())
        .contains("| rule | fact | one | other |", "| 2.3 | Water is `wet`. | passed | flaky |");
  }

  @Test
  void aBadgeTellsTheConclusion() {
    assertThat(Badge.of(Conclusion.CONFORMS)).contains("<title>asyncio4j: conforms</title>");
    assertThat(Badge.of(Conclusion.VIOLATES)).contains("asyncio4j: does not conform");
    assertThat(Badge.of(Conclusion.NOT_JUDGED)).contains("asyncio4j: not judged");
  }
}
