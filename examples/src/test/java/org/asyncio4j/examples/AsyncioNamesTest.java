package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Member;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The guide for those who come from asyncio leaves no name out, and its links lead to tests. */
class AsyncioNamesTest {

  private static final Path GUIDE = Path.of("..", "api", "ASYNCIO.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([\\w.]+)` \\| (.*?) ?\\| (.*) \\|$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\[`(\\w+)\\.(\\w+)`]\\((\\S+)\\)");

  private static final Pattern RULE = Pattern.compile("SPEC\\.md#([\\d.]+)\\)");
  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)[^`]*`");
  private static final List<String> ROOMS =
      List.of(
          "",
          ".core",
          ".net",
          ".net.options",
          ".net.socket",
          ".net.tls",
          ".stream",
          ".datagram",
          ".tasks",
          ".sync",
          ".guava",
          ".spi");

  @Test
  void everyNameHasOneRow() throws IOException {
    assertThat(rows().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(names());
  }

  @TestFactory
  Stream<DynamicTest> aNameIsShownByATestOrMissingForAReason() throws IOException {
    return rows()
        .map(row ->
            DynamicTest.dynamicTest(row.group(1), () -> examine(row.group(2), row.group(3))));
  }

  @Test
  void theRulesThatItNamesExist() throws IOException {
    List<String> named =
        RULE.matcher(Files.readString(GUIDE)).results().map(rule -> rule.group(1)).toList();
    String contract = Files.readString(Path.of("..", "spi", "SPEC.md"));

    assertThat(named).isNotEmpty();
    assertThat(named).allMatch(rule -> contract.contains("<a name=\"" + rule + "\">"));
  }

  private static void examine(String counterpart, String proof) throws IOException {
    List<MatchResult> links = LINK.matcher(proof).results().toList();
    if (counterpart.isEmpty()) {
      assertThat(links).isEmpty();
      assertThat(proof).as("the reason").isNotBlank();
      return;
    }
    MEMBER.matcher(counterpart).results().forEach(AsyncioNamesTest::findMember);
    assertThat(links).hasSize(1);
    MatchResult link = links.getFirst();
    Path file = GUIDE.resolveSibling(link.group(3));
    assertThat(file.getFileName()).hasToString(link.group(1) + ".java");
    assertThat(Files.readString(file)).contains("void " + link.group(2) + "(");
  }

  private static void findMember(MatchResult member) {
    Class<?> type =
        ROOMS.stream().flatMap(room -> find(room, member.group(1))).findFirst().orElseThrow();
    Stream<String> members =
        Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getFields()))
            .map(Member::getName);
    assertThat(members).as(type.getName()).contains(member.group(2));
  }

  private static Stream<Class<?>> find(String room, String name) {
    try {
      return Stream.of(Class.forName("org.asyncio4j" + room + "." + name));
    } catch (ClassNotFoundException elsewhere) {
      return Stream.empty();
    }
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(GUIDE)).results();
  }

  private static List<String> names() {
    try (InputStream names =
        AsyncioNamesTest.class.getResourceAsStream("/asyncio-3.14-names.txt")) {
      return new String(names.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
