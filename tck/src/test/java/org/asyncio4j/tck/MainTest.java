package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.run.Discovery;
import org.asyncio4j.tck.run.FakeLoops;
import org.asyncio4j.tck.run.Gap;
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
    assertThat(errors()).contains("cannot judge the loop 'uv': it must be one of absent, gone");
  }

  @Test
  void anUnknownOptionIsAnError() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fast");
  }

  @Test
  void anUnknownEngineIsAnError() {
    assertThat(run("--engine", "steam")).isEqualTo(2);
    assertThat(errors()).contains("steam", "an engine must be carrier or handoff");
  }

  @Test
  void anOptionWithoutItsValueIsAnError() {
    assertThat(run("--loop")).isEqualTo(2);
    assertThat(errors()).contains("--loop");
  }

  @Test
  void malformedValuesAreErrors() {
    assertThat(run("--faults", "luck")).isEqualTo(2);
    assertThat(run("--rule", "two")).isEqualTo(2);
    assertThat(run("--shard", "5/4")).isEqualTo(2);
    assertThat(run("--shard", "0/4")).isEqualTo(2);
    assertThat(run("--time-limit", "soon")).isEqualTo(2);
    assertThat(errors())
        .contains("'luck'", "rule number must look like 2.3: 'two'", "a shard must look like 1/4")
        .contains("a time limit must look like 90s, 30m or 2h");
  }

  @Test
  void rulesThatDoNotExistAreErrors() {
    assertThat(run("--rule", "2.999")).isEqualTo(2);
    assertThat(run("--chapter", "99")).isEqualTo(2);
    assertThat(errors()).contains("cannot run rule 2.999", "cannot run chapter 99");
  }

  @Test
  void theRulesCanBeListed() {
    assertThat(run("--list", "--chapter", "12")).isZero();
    assertThat(output().lines()).isNotEmpty().allMatch(line -> line.startsWith("12."));
  }

  @Test
  void shardsTogetherAreTheWhole() {
    Set<String> parts = new TreeSet<>();
    for (int number = 1; number <= 3; number++) {
      out.reset();
      assertThat(run("--list", "--shard", number + "/3")).isZero();
      List<String> part = output().lines().toList();
      assertThat(parts).doesNotContainAnyElementsOf(part);
      parts.addAll(part);
    }
    out.reset();
    assertThat(run("--list")).isZero();
    assertThat(parts).hasSameElementsAs(output().lines().toList());
  }

  @Test
  void aSeedDeterminesTheOrder() {
    List<List<String>> orders = new ArrayList<>();
    for (String seed : List.of("1", "1", "2")) {
      out.reset();
      assertThat(run("--list", "--seed", seed)).isZero();
      orders.add(output().lines().toList());
    }
    assertThat(orders.get(0)).isEqualTo(orders.get(1)).isNotEqualTo(orders.get(2));
    assertThat(orders.get(0)).hasSameElementsAs(orders.get(2));
  }

  @Test
  void faultsTakeTheChaptersWithConnectionsOnly() {
    assertThat(run("--list", "--destructive-faults", "42")).isZero();
    assertThat(output()).contains("11.1 ", "17.1 ").doesNotContain("4.1 ", "18.1 ");
  }

  @Test
  void noLoopAtAllIsAnError() {
    int status =
        Main.run(new String[] {}, new Discovery(List.of(), List.of()), stream(out), stream(err));

    assertThat(status).isEqualTo(2);
    assertThat(errors()).contains("no loop is on");
  }

  @Test
  void aLoopThatWasNamedAndIsNotAvailableIsNotGreen(@TempDir Path directory) {
    int status =
        run("--in-process", "--loop", "gone", "--engine", "handoff", "--report", directory + "");

    assertThat(status).isEqualTo(3);
    assertThat(directory.resolve("conformance.md")).content().contains("so is this");
    assertThat(output())
        .contains("not judged: gone, handoff: not available: so is this")
        .doesNotContain("absent", "carrier");
  }

  @Test
  void loopsThatAreNotAvailableAreLeftOutUnlessTheyAreNamed(@TempDir Path directory) {
    assertThat(run("--in-process", "--report", directory + "")).isEqualTo(3);
    assertThat(output())
        .contains("absent: left out: not available: it is a fake")
        .contains("gone: left out: not available: so is this");
  }

  @Test
  void aProviderThatThrowsIsNotGreen(@TempDir Path directory) {
    Discovery discovery =
        new Discovery(List.of(), List.of(new Gap("org.example.Loop", "its provider throws")));
    int status =
        Main.run(new String[] {"--report", directory + ""}, discovery, stream(out), stream(err));

    assertThat(status).isEqualTo(3);
    assertThat(output()).contains("not judged: org.example.Loop: its provider throws");
  }

  @Test
  void aBaselineIsReadStrictly(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("baseline"), "# known\n\n2.20 | slow\n");

    assertThat(run("--in-process", "--baseline", file + "")).isEqualTo(2);
    assertThat(errors()).contains("line 3", "RULE | REASON | LINK", "2.20 | slow");

    Path other = Files.writeString(directory.resolve("other"), "2.20 | | issue 1");
    assertThat(run("--in-process", "--baseline", other + "")).isEqualTo(2);
    assertThat(errors()).contains("line 1", "must not be blank");
  }

  private int run(String... args) {
    return Main.run(args, new Discovery(FOUND, List.of()), stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
