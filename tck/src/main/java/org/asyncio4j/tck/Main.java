package org.asyncio4j.tck;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.report.ConformanceReport;
import org.asyncio4j.tck.report.RuleCatalog;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;

/**
 * Runs all rules of SPEC.md on loops, without JUnit: {@code [--loop NAME]... [--engine
 * carrier|handoff] [--report DIR] [--faults SEED] [--destructive-faults SEED]}. Tests every loop
 * that it finds unless some are named. Prints a table, writes a report, and exits with 0 if all
 * rules are kept, 1 if not, and 2 if the arguments are wrong.
 */
public final class Main {

  private static final int KEPT = 0;
  private static final int BROKEN = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Runs the kit and ends the program.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), DiscoveredLoopsTck.discovered(), System.out, System.err));
  }

  static int run(
      List<String> args, List<EventLoopProvider> found, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(args, TckSettings.fromSystemProperties());
      ConformanceReport report = judge(options, options.select(found), out);
      out.println(report.table());
      report.writeTo(options.settings().reportDirectory());
      out.println("report: " + options.settings().reportDirectory().toAbsolutePath());
      return report.hasViolations() ? BROKEN : KEPT;
    } catch (IllegalArgumentException misused) {
      err.println("tck: " + misused.getMessage());
      return MISUSED;
    } catch (IOException failed) {
      err.println("tck: cannot write the report: " + failed);
      return MISUSED;
    }
  }

  private static ConformanceReport judge(
      Options options, List<EventLoopProvider> providers, PrintStream out) {
    ConformanceReport report = new ConformanceReport(RuleCatalog.load());
    List<Chapter> chapters = Chapters.of(options.settings());
    for (EventLoopProvider provider : providers) {
      ConformanceRun run = new ConformanceRun(options.settings(), chapters, List.of());
      for (Subject subject : Subject.of(provider, options.engine())) {
        out.println(
            "running "
                + subject.label()
                + options.settings().faults().map(", %s"::formatted).orElse(""));
        chapters.stream()
            .filter(chapter -> chapter.appliesTo(subject))
            .flatMap(chapter -> chapter.rules().stream())
            .forEach(rule -> report.add(judge(run, rule, subject, out)));
      }
    }
    return report;
  }

  private static RuleResult judge(
      ConformanceRun run, RuleCase rule, Subject subject, PrintStream out) {
    RuleResult result = run.run(rule, subject);
    if (result.verdict().isViolation()) {
      out.println(result.verdict() + " " + result.rule().title());
    }
    return result;
  }
}
