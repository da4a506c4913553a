package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts one application on the class path and on the module path, with and without flags. */
final class PathsTest {

  /** The places for an application and its dependencies. */
  enum Kind {
    CLASS_PATH("ALL-UNNAMED", "ALL-UNNAMED"),
    MODULE_PATH("org.asyncio4j.spi", "org.asyncio4j.loop.epoll");

    private final String opensTo;
    private final String nativeTo;

    Kind(String opensTo, String nativeTo) {
      this.opensTo = opensTo;
      this.nativeTo = nativeTo;
    }

    String opens() {
      return "--add-opens=java.base/java.lang=" + opensTo;
    }

    String nativeAccess() {
      return "--enable-native-access=" + nativeTo;
    }

    ForkedProgram start(String... flags) throws Exception {
      List<String> args = new ArrayList<>(List.of(flags));
      if (this == CLASS_PATH) {
        args.addAll(List.of("--class-path", path(), "org.asyncio4j.examples.WhichLoop"));
      } else {
        args.addAll(
            List.of(
                "--module-path",
                path(),
                "--module",
                "org.asyncio4j.examples/org.asyncio4j.examples.WhichLoop"));
      }
      return ForkedProgram.java(args);
    }

    private static String path() {
      return ApplicationPath.of("api", "spi", "loop-nio", "loop-epoll", "examples");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withBothFlagsEverythingIsAvailable(Kind kind) throws Exception {
    try (ForkedProgram program = kind.start(kind.opens(), kind.nativeAccess())) {
      String printed = program.awaitEnd();

      assertThat(program.exitStatus()).as(printed).isZero();
      assertThat(printed).contains("nio: available").doesNotContain("WARNING");
      assertThat(printed).containsPattern("running <EventLoop (epoll|nio) carrier running>");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutOpensTheHandOffEngineIsUsedAndTheLogNamesTheFlag(Kind kind) throws Exception {
    try (ForkedProgram program = kind.start(kind.nativeAccess())) {
      String printed = program.awaitEnd();

      assertThat(program.exitStatus()).as(printed).isZero();
      assertThat(printed).containsPattern("running <EventLoop (epoll|nio) handoff running>");
      assertThat(printed)
          .containsOnlyOnce("hand-off engine")
          .contains("WARNING: Tasks run", "--add-opens");
    }
  }

  @ParameterizedTest
  @EnumSource
  void chosenEngineIsUsed(Kind kind) throws Exception {
    try (ForkedProgram program =
        kind.start(kind.opens(), kind.nativeAccess(), "-Dasyncio4j.coroutines=handoff")) {
      assertThat(program.awaitEnd()).contains(" handoff running>").doesNotContain("--add-opens");
    }
  }

  @ParameterizedTest
  @EnumSource
  void choosingAnUnavailableEngineIsAnError(Kind kind) throws Exception {
    try (ForkedProgram program =
        kind.start(kind.nativeAccess(), "-Dasyncio4j.coroutines=carrier")) {
      String printed = program.awaitEnd();

      assertThat(program.exitStatus()).isNotZero();
      assertThat(printed).contains("IllegalStateException").contains("--add-opens");
    }
  }

  @ParameterizedTest
  @EnumSource
  void chosenLoopIsUsed(Kind kind) throws Exception {
    try (ForkedProgram program =
        kind.start(kind.opens(), kind.nativeAccess(), "-Dasyncio4j.loop=nio")) {
      assertThat(program.awaitEnd()).contains("running <EventLoop nio carrier running>");
    }
  }

  @ParameterizedTest
  @EnumSource
  void loopThatDoesNotExistIsAnErrorThatNamesTheOthers(Kind kind) throws Exception {
    try (ForkedProgram program =
        kind.start(kind.opens(), kind.nativeAccess(), "-Dasyncio4j.loop=typo")) {
      String printed = program.awaitEnd();

      assertThat(program.exitStatus()).isNotZero();
      assertThat(printed).contains("typo").containsPattern("present: .*nio");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nativeAccessThatIsDeniedLeavesTheOtherLoops(Kind kind) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has the loop epoll");
    try (ForkedProgram program = kind.start(kind.opens(), "--illegal-native-access=deny")) {
      String printed = program.awaitEnd();

      assertThat(program.exitStatus()).as(printed).isZero();
      assertThat(printed)
          .contains("epoll: needs " + kind.nativeAccess())
          .contains("running <EventLoop nio carrier running>");
    }
  }

  @ParameterizedTest
  @EnumSource
  void debugModeIsAProperty(Kind kind) throws Exception {
    try (ForkedProgram program =
        kind.start(kind.opens(), kind.nativeAccess(), "-Dasyncio4j.debug=true")) {
      assertThat(program.awaitEnd()).contains(" carrier running debug>");
    }
  }
}
