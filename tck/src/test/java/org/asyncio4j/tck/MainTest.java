package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.run.FakeLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {

  private static final EventLoopProvider ABSENT =
      new FakeLoops("absent", Set.of(), Availability.unavailable("it is a fake"));
  private static final List<EventLoopProvider> FOUND =
      List.of(ABSENT, new FakeLoops("gone", Set.of(), Availability.unavailable("so is this")));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void anUnknownLoopIsAnErrorThatListsTheLoops() {
    assertThat(run("--loop", "uv")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("loop must be one of absent, gone: 'uv'");
  }

  @Test
  void anUnknownOptionIsAnError() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fast");
  }

  @Test
  void anUnknownEngineIsAnError() {
    assertThat(run("--engine", "steam")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("steam");
  }

  @Test
  void anOptionWithoutItsValueIsAnError() {
    assertThat(run("--loop")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--loop must be followed by a value");
  }

  @Test
  void aSeedThatIsNoNumberIsAnError() {
    assertThat(run("--faults", "luck")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--faults", "seed", "'luck'");
  }

  @Test
  void faultsTakeTheChaptersWithConnectionsOnly(@TempDir Path directory) {
    int status =
        run("--loop", "gone", "--destructive-faults", "42", "--report", directory.toString());

    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("destructive faults, seed 42", "11 End of file", "17 TLS")
        .doesNotContain("4 Futures", "18 UDP");
  }

  @Test
  void noLoopAtAllIsAnError() {
    int status = Main.run(List.of(), List.of(), stream(out), stream(err));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no loop is on");
  }

  @Test
  void aLoopThatIsNotAvailableIsReportedAsSuch(@TempDir Path directory) {
    int status = run("--loop", "gone", "--engine", "handoff", "--report", directory.toString());

    assertThat(status).isZero();
    assertThat(directory.resolve("conformance.md")).content().contains("so is this");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("gone, handoff")
        .doesNotContain("absent", "carrier");
  }

  private int run(String... args) {
    return Main.run(List.of(args), FOUND, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
