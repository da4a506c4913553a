package org.asyncio4j.tck.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;

/** The report in the format that build servers read: one suite per loop, one test case per rule. */
final class JUnitXmlReport {

  private final List<RuleResult> results;

  JUnitXmlReport(List<RuleResult> results) {
    this.results = results;
  }

  void writeTo(Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument();
      xml.writeStartElement("testsuites");
      Map<String, List<RuleResult>> suites =
          results.stream()
              .collect(
                  groupingBy(result -> result.subject().label(), LinkedHashMap::new, toList()));
      for (Map.Entry<String, List<RuleResult>> suite : suites.entrySet()) {
        writeSuite(xml, suite.getKey(), suite.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException failed) {
      throw new IOException(failed);
    }
  }

  private static void writeSuite(XMLStreamWriter xml, String name, List<RuleResult> suite)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(suite.size()));
    xml.writeAttribute("failures", count(suite, Verdict.FAILED, Verdict.HANG));
    xml.writeAttribute("errors", count(suite, Verdict.KIT_BUG, Verdict.CRASHED));
    xml.writeAttribute(
        "skipped", count(suite, Verdict.NOT_APPLICABLE, Verdict.DEVIATION, Verdict.ADVICE));
    for (RuleResult result : suite) {
      writeCase(xml, result);
    }
    xml.writeEndElement();
  }

  private static void writeCase(XMLStreamWriter xml, RuleResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute(
        "classname",
        "%s.%s".formatted(result.subject().label(), result.rule().chapter().heading()));
    xml.writeAttribute("name", result.rule().title());
    xml.writeAttribute("time", seconds(result.took()));
    switch (result.verdict()) {
      case PASSED, FLAKY -> {}
      case NOT_APPLICABLE, DEVIATION, ADVICE -> writeOutcome(xml, "skipped", result);
      case FAILED, HANG -> writeOutcome(xml, "failure", result);
      case KIT_BUG, CRASHED -> writeOutcome(xml, "error", result);
    }
    xml.writeEndElement();
  }

  private static void writeOutcome(XMLStreamWriter xml, String element, RuleResult result)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("type", result.verdict().name());
    xml.writeAttribute("message", MarkdownReport.firstLine(result.message()));
    xml.writeCharacters(printable(result.message()));
    xml.writeEndElement();
  }

  // XML 1.0 cannot represent most control characters.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\r\n\t]]", "?");
  }

  private static String count(List<RuleResult> suite, Verdict... verdicts) {
    List<Verdict> counted = List.of(verdicts);
    return Long.toString(
        suite.stream().filter(result -> counted.contains(result.verdict())).count());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }
}
