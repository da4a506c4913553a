package org.asyncio4j.tck.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asyncio4j.tck.report.ConformanceFile;
import org.asyncio4j.tck.report.Verification;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks what a report is worth. */
@Command(
    name = "verify",
    description =
        "Checks that a conformance.json is complete, unedited and about the rules of this kit, and"
            + " shows conformance.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private static final int REFUSED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a conformance.json")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    Path path = Objects.requireNonNull(file);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<String> problems =
        new Verification(RuleCatalog.load(), Chapters.all()).problems(ConformanceFile.read(path));
    problems.forEach(problem -> out.printf("%s: %s%n", path, problem));
    if (problems.isEmpty()) {
      out.printf("%s: complete and unedited; its loops conform%n", path);
    }
    out.flush();
    return problems.isEmpty() ? 0 : REFUSED;
  }
}
