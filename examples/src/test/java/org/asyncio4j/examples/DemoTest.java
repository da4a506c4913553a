package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo, with one loop and engine in its last part. */
final class DemoTest {

  @Test
  void demoListsEveryLoopAndPrintsTheTable(@TempDir Path reports) throws Exception {
    List<String> flags =
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");
    try (ForkedProgram demo =
        ForkedProgram.onClassPath(
            flags,
            "Demo",
            "--loop",
            "nio",
            "--engine",
            "carrier",
            "--report",
            reports.toString())) {
      String printed = demo.awaitEnd();

      assertThat(demo.exitStatus()).as(printed).isZero();
      assertThat(printed)
          .contains("nio      priority   0  available")
          .contains("nio      tasks by carrier")
          .contains("nio      tasks by handoff")
          .contains("1 Provider and life cycle");
      assertThat(reports).isNotEmptyDirectory();
    }
  }
}
