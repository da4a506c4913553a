package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts a program that has no event loop: every call fails as documented, not only the first. */
final class WithoutLoopsTest {

  private static final String NO_LOOP =
      "java.lang.IllegalStateException: cannot find an event loop: none is on the class path or the"
          + " module path; add asyncio4j-loop-nio to the class path or the module path, or to a"
          + " jlink image with --add-modules org.asyncio4j.loop.nio";

  /** What is there, and where. */
  enum Kind {
    API_ON_CLASS_PATH(false, "api"),
    API_ON_MODULE_PATH(true, "api"),
    SPI_ON_CLASS_PATH(false, "api", "spi"),
    SPI_ON_MODULE_PATH(true, "api", "spi");

    private final boolean modules;
    private final String[] present;

    Kind(boolean modules, String... present) {
      this.modules = modules;
      this.present = present;
    }

    ForkedProgram start() throws Exception {
      Class<?> main = EntriesWithoutLoops.class;
      String library = ApplicationPath.of(present);
      String tests =
          Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
      return ForkedProgram.java(
          modules
              ? List.of(
                  "--module-path",
                  library,
                  "--add-modules",
                  "org.asyncio4j",
                  "--class-path",
                  tests,
                  main.getName())
              : List.of("--class-path", tests + File.pathSeparator + library, main.getName()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEntryFailsTheSameWayEachTime(Kind kind) throws Exception {
    List<String> lines = outcomes(kind);

    assertThat(lines)
        .hasSizeGreaterThan(40)
        .contains(
            "Asyncio.run, first call: " + NO_LOOP,
            "Asyncio.newEventLoop, first call: " + NO_LOOP,
            "Asyncio.newEventLoop by name, first call: " + NO_LOOP,
            "Runner.run, first call: " + NO_LOOP,
            "Runner.loop, first call: " + NO_LOOP,
            "Asyncio.eventLoops, first call: returns []",
            "Context.copyCurrent, first call: returns ran");
    assertThat(lines)
        .filteredOn(line -> !line.contains(": returns"))
        .allSatisfy(line -> assertThat(line).contains("call: java.lang.IllegalStateException: "));
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(lines.get(i + 1)).isEqualTo(lines.get(i).replace("first call", "second call"));
    }
  }

  private static List<String> outcomes(Kind kind) throws Exception {
    try (ForkedProgram program = kind.start()) {
      String printed = program.awaitEnd();
      assertThat(program.exitStatus()).as(printed).isZero();
      return printed.lines().toList();
    }
  }
}
