package org.asyncio4j.tck.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asyncio4j.tck.report.Badge;
import org.asyncio4j.tck.report.ConformanceFile;
import org.asyncio4j.tck.report.Matrix;
import org.asyncio4j.tck.report.Verification;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts several reports together. */
@Command(
    name = "report",
    description =
        "Makes a table of rules and loops from several conformance.json, and a badge of each file.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "a conformance.json")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "write matrix.md and badge-1.svg, badge-2.svg, … to this directory",
      defaultValue = ".")
  private Path directory = Path.of(".");

  @Override
  public Integer call() throws IOException {
    List<ConformanceFile> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(ConformanceFile.read(file));
    }
    RuleCatalog catalog = RuleCatalog.load();
    Verification verification = new Verification(catalog, Chapters.all());
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("matrix.md"), new Matrix(catalog, contents).markdown());
    for (int index = 0; index < contents.size(); index++) {
      Files.writeString(
          directory.resolve("badge-%d.svg".formatted(index + 1)),
          Badge.of(verification.conclusion(contents.get(index))));
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println("report: " + directory.toAbsolutePath().normalize());
    out.flush();
    return 0;
  }
}
