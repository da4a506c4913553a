package org.asyncio4j.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.FakeLoops;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

final class ConformanceReportTest {

  private static final Subject SUBJECT =
      Subject.of(FakeLoops.named("fake"), Optional.empty()).getFirst();
  private static final RuleCase RULE =
      new Chapter(2, "Water", ConformanceReportTest.class, fixture -> fixture, false)
          .rules()
          .getFirst();

  private final ConformanceReport report =
      new ConformanceReport(
          RuleCatalog.parse(
              List.of(
                  "| <a name=\"2.3\">2.3</a> | MUST | Water is `wet`. |",
                  "| intent | Fish rely on it. |")));

  @Rule("2.3")
  @Hint("Look for a leak.")
  void waterIsWet() {}

  @Test
  void theTableCountsVerdictsAndShowsViolations() {
    report.add(result(Verdict.PASSED, ""));
    report.add(result(Verdict.FAILED, "rule 2.3: it was dry"));
    report.add(result(Verdict.HANG, "rule 2.3 hung"));
    report.add(result(Verdict.NOT_APPLICABLE, "no water"));

    assertThat(report.table().lines().skip(1).findFirst().orElseThrow())
        .matches("fake, carrier\\s+\\S+\\s+2 Water\\s+1\\s+1\\s+1\\s+0\\s+0\\s+0\\s+1");
    assertThat(report.table()).contains("it was dry");
    assertThat(report.conclusion()).isEqualTo(Conclusion.VIOLATES);
  }

  @Test
  void rulesThatDoNotApplyAreNoViolation() {
    report.add(result(Verdict.NOT_APPLICABLE, "no water"));
    report.add(result(Verdict.DEVIATION, "salt water"));

    assertThat(report.conclusion()).isEqualTo(Conclusion.CONFORMS);
  }

  @Test
  void whatWasNotJudgedIsNotGreen() {
    report.add(result(Verdict.PASSED, ""));
    report.add(new Gap("fake, handoff", "the tide is out"));

    assertThat(report.conclusion()).isEqualTo(Conclusion.NOT_JUDGED);
    assertThat(report.table()).contains("not judged: fake, handoff: the tide is out");
  }

  @Test
  void anEmptyReportIsNotGreen() {
    assertThat(report.conclusion()).isEqualTo(Conclusion.NOT_JUDGED);
  }

  @Test
  void staleDeviationsAreViolations() {
    report.add(result(Verdict.PASSED, ""));
    report.add(Deviation.of("2.3", "it was dry once", "issue 1"));

    assertThat(report.conclusion()).isEqualTo(Conclusion.VIOLATES);
    assertThat(report.table()).contains("deviation from 2.3", "remove the declaration");
  }

  @Test
  void flakyRulesAndAdviceAreShownAndAreNoViolation() {
    report.add(result(Verdict.FLAKY, "it was dry for a moment"));
    report.add(result(Verdict.ADVICE, "it could be wetter"));

    assertThat(report.conclusion()).isEqualTo(Conclusion.CONFORMS);
    assertThat(report.table())
        .contains("it was dry for a moment", "it could be wetter", "flaky: 2.3", "advice: 2.3");
  }

  @Test
  void theTotalsCountRulesOnce() {
    report.add(result(Verdict.PASSED, ""));
    report.add(result(Verdict.PASSED, ""));

    assertThat(report.table()).contains("fake: conforms: keeps 1 of 1 rules on carrier");
  }

  @Test
  void aPartOfTheRulesShowsNoConformance() {
    report.add(result(Verdict.PASSED, ""));
    report.markAsPartial();

    assertThat(report.table())
        .contains("fake: keeps 1 of 1 rules on carrier", "only a part of the rules was asked for")
        .doesNotContain("conforms");
  }

  @Test
  void violationsAreExplained() {
    report.add(result(Verdict.FAILED, "rule 2.3: it was dry"));

    assertThat(report.table())
        .contains("2.3, MUST: Water is `wet`.", "Fish rely on it.", "SPEC.md#2.3")
        .contains("hint:   Look for a leak.");
  }

  @Test
  void theFilesContainTheResults(@TempDir Path directory) throws Exception {
    report.add(result(Verdict.FAILED, "rule 2.3: it was <dry> | dusty"));

    report.writeTo(directory);

    assertThat(read(directory, "conformance.md"))
        .contains("| fake, carrier | 2.3 | MUST | water is wet | failed |", "\\| dusty");
    assertThat(read(directory, "conformance.html"))
        .contains("Water is <code>wet</code>.", "&lt;dry&gt;");
    Element suite =
        (Element)
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("TEST-conformance.xml").toFile())
                .getElementsByTagName("testsuite")
                .item(0);
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getTextContent()).contains("it was <dry>");
  }

  private static String read(Path directory, String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private static RuleResult result(Verdict verdict, String message) {
    return new RuleResult(RULE, SUBJECT, verdict, message, Optional.empty(), Duration.ofMillis(3));
  }
}
