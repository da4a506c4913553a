package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Links runtime images by the command in the README, and starts the application in them. */
@Timeout(240)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the command is for a POSIX shell")
final class JlinkTest {

  private static final Path README = Packed.RECIPES.resolve("../../README.md");
  private static final Pattern COMMAND = Pattern.compile("(?ms)^```sh\n(jlink .*?)^```$");
  private static final String LOOPS = ",org.asyncio4j.loop.nio,org.asyncio4j.loop.epoll";

  @TempDir private Path directory;

  @Test
  void imageWithLoopsRunsOnTheBest() throws Exception {
    Path image = link(command());

    try (Packed app = Packed.start(List.of(image.resolve("bin/app").toString()))) {
      assertThat(app.awaitEnd()).as(app.everything()).isZero();
      assertThat(app.printed()).containsExactly(Loops.bestIsRunning());
      assertThat(app.errors()).isEmpty();
    }
  }

  @Test
  void imageWithoutLoopsSaysWhatToAdd() throws Exception {
    Path image = link(command().replace(LOOPS, "").replaceAll("(?m)^.*--add-options.*\n", ""));

    try (Packed app = Packed.start(List.of(image.resolve("bin/app").toString()))) {
      assertThat(app.awaitEnd()).as(app.everything()).isNotZero();
      assertThat(app.errors())
          .contains("java.lang.IllegalStateException: cannot find an event loop")
          .contains("--add-modules org.asyncio4j.loop.nio");
    }
  }

  private Path link(String command) throws IOException, InterruptedException {
    Path bin = Packed.JDK.resolve("bin");
    assumeTrue(canLink(bin), "this JDK cannot link runtime images");
    Path image = directory.resolve("image");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command.replace("target/image", image.toString()))
            .directory(Packed.RECIPES.resolve("jlink").toFile())
            .redirectErrorStream(true);
    shell.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    Process linking = shell.start();
    String printed = new String(linking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(linking.waitFor()).as(printed).isZero();
    return image;
  }

  /** Some JDKs have no jlink, and some have it without what it links. */
  private static boolean canLink(Path bin) throws IOException {
    Path jlink = bin.resolve("jlink");
    if (!Files.exists(jlink)) {
      return false;
    }
    Process help = new ProcessBuilder(jlink.toString(), "--help").start();
    return Files.exists(Packed.JDK.resolve("jmods/java.base.jmod"))
        || help.inputReader().lines().anyMatch(line -> line.endsWith("run-time image enabled"));
  }

  private static String command() throws IOException {
    Matcher found = COMMAND.matcher(Files.readString(README));
    assertThat(found.find()).as("a command of jlink in the README").isTrue();
    assertThat(found.group(1)).contains(LOOPS, "--add-options", "target/image");
    return found.group(1);
  }
}
