package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.StreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the code in the guides with the code that is compiled and tested. */
final class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE =
      Pattern.compile(
          "(?ms)^(?:<!-- from ([^ #]+)(?:#(\\S+))? -->\n)?```(java|xml|kotlin)\n(.*?)^```$");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern HOOK = Pattern.compile("`(\\w+)\\(\\w*\\)`");
  private static final Pattern CAPABILITY = Pattern.compile("`([A-Z_]+)`");
  private static final Pattern DEPENDENCY =
      Pattern.compile("asyncio4j-([\\w-]+)(?:</artifactId>\\s+<version>|:)([^<\"]+)");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "spi/README.md"})
  void codeIsThatOfAFileWhichIsCompiled(String guide) throws IOException {
    List<MatchResult> blocks =
        CODE.matcher(Files.readString(ROOT.resolve(guide))).results().toList();

    assertThat(blocks).isNotEmpty();
    for (MatchResult block : blocks) {
      assertThat(block.group(1)).as("source of%n%s", block.group(4)).isNotNull();
      assertThat(block.group(4)).isEqualTo(excerpt(ROOT.resolve(block.group(1)), block.group(2)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "api/ASYNCIO.md",
        "docs/ARCHITECTURE.md",
        "docs/decisions/README.md",
        "spi/README.md",
        "tck/README.md"
      })
  void linksLeadSomewhere(String guide) throws IOException {
    Path file = ROOT.resolve(guide);

    assertThat(LINK.matcher(Files.readString(file)).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(file.resolveSibling(link.group(1))).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ARCHITECTURE.md", "spi/README.md", "tck/README.md"})
  void testsThatAreNamedExist(String guide) throws IOException {
    assertThat(TEST.matcher(Files.readString(ROOT.resolve(guide))).results())
        .isNotEmpty()
        .allSatisfy(test -> assertThat(sourceOf(test.group(1))).contains(orEmpty(test.group(2))));
  }

  @Test
  void guideHasARowForEveryHookAndNoOther() throws IOException {
    Stream<String> hooks =
        Stream.of(BaseEventLoop.class.getDeclaredMethods())
            .filter(method -> isHook(method.getModifiers()))
            .map(Method::getName);

    assertThat(rowsOfTheGuide(HOOK)).containsExactlyInAnyOrderElementsOf(hooks.toList());
  }

  /** The services for subclasses are final. */
  private static boolean isHook(int modifiers) {
    return Modifier.isAbstract(modifiers)
        || Modifier.isProtected(modifiers) && !Modifier.isFinal(modifiers);
  }

  @Test
  void guideHasARowForEveryCapability() throws IOException {
    assertThat(rowsOfTheGuide(CAPABILITY))
        .containsExactlyElementsOf(Stream.of(Capability.values()).map(Enum::name).toList());
  }

  @Test
  void firstShellBlockIsTheTwoCommands() throws IOException {
    Matcher shell = SHELL.matcher(Files.readString(ROOT.resolve("README.md")));

    assertThat(shell.find()).isTrue();
    assertThat(shell.group(1).lines())
        .containsExactly("mvn -q -Dmaven.test.skip package -pl examples -am -Pdemo", "mvn verify");
  }

  @ParameterizedTest
  @CsvSource({"third-party-pom.xml, 2", "application-pom.xml, 3", "application.gradle.kts, 3"})
  void projectsDependOnThisVersion(String project, int dependencies) throws IOException {
    String version = first("<version>([^<]+)</version>", ROOT.resolve("pom.xml"));
    String shown = Files.readString(Path.of("src/test/resources", project));

    assertThat(DEPENDENCY.matcher(shown).results())
        .hasSize(dependencies)
        .allSatisfy(dependency -> assertThat(dependency.group(2)).isEqualTo(version))
        .allSatisfy(dependency ->
            assertThat(ROOT.resolve(dependency.group(1)).resolve("pom.xml"))
                .content()
                .contains("<artifactId>asyncio4j-" + dependency.group(1) + "</artifactId>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "spi", "loop-nio", "loop-epoll"})
  void dependenciesAreThoseOfThePoms(String module) throws IOException {
    List<String> needed =
        RuntimeDependencies.of(ROOT.resolve("pom.xml"), ROOT.resolve(module).resolve("pom.xml"));

    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("| `asyncio4j-%s` | `%s` |\n".formatted(module, String.join("`, `", needed)));
  }

  @Test
  void limitsAreThoseOfTheCode() throws Exception {
    WriteBufferLimits written = WriteBufferLimits.defaults();
    Map<String, Object> limits =
        Map.of(
            "StreamOptions.withLimitBytes",
            StreamOptions.defaults().limitBytes() / 1024 + " KiB",
            "Transport.setWriteBufferLimits",
            written.highBytes() / 1024 + " KiB",
            "ServerOptions.withBacklog",
            ServerOptions.onAllInterfaces(1).backlog(),
            "ServerOptions.withMaxConnections",
            ServerOptions.onAllInterfaces(1).maxConnections() == Integer.MAX_VALUE ? "none" : "",
            "TlsOptions.withHandshakeLimit",
            TlsOptions.defaults().handshakeLimit().toSeconds() + " s",
            "TlsOptions.withShutdownLimit",
            TlsOptions.defaults().shutdownLimit().toSeconds() + " s",
            "NameResolution.withTimeLimit",
            NameResolution.defaults().timeLimit().toSeconds() + " s");

    String readme = Files.readString(ROOT.resolve("README.md"));
    limits.forEach(
        (change, limit) -> assertThat(readme).contains("| %s | `%s` |\n".formatted(limit, change)));
    for (String change : limits.keySet()) {
      String[] typeAndMethod = change.split("\\.");
      assertThat(publicMethodsOf(typeAndMethod[0])).contains(typeAndMethod[1]);
    }
  }

  @Test
  void manifestIsThatOfTheRecipes() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(readme)
        .contains("```\nAdd-Opens: java.base/java.lang\nEnable-Native-Access: ALL-UNNAMED\n```");
    for (String recipe : List.of("fat-jar", "spring-boot")) {
      assertThat(ROOT.resolve("examples/recipes").resolve(recipe).resolve("pom.xml"))
          .content()
          .contains("<Add-Opens>java.base/java.lang</Add-Opens>")
          .contains("<Enable-Native-Access>ALL-UNNAMED</Enable-Native-Access>");
    }
  }

  /** The names in the first column of the tables of the guide for loop authors. */
  private static Stream<String> rowsOfTheGuide(Pattern name) throws IOException {
    return Files.readAllLines(ROOT.resolve("spi/README.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf(" | ")))
        .flatMap(cell -> name.matcher(cell).results().map(found -> found.group(1)));
  }

  private static String first(String regex, Path file) throws IOException {
    Matcher found = Pattern.compile(regex).matcher(Files.readString(file));
    assertThat(found.find()).as("%s in %s", regex, file).isTrue();
    return found.group(1);
  }

  private static String excerpt(Path source, String region) throws IOException {
    String text = Files.readString(source);
    if (region == null) {
      return text;
    }
    Matcher marked =
        Pattern.compile(
                "(?ms)^ *(?://|<!--) region %s(?: -->)?\n(.*?)^ *(?://|<!--) endregion"
                    .formatted(Pattern.quote(region)))
            .matcher(text);
    assertThat(marked.find()).as("region %s of %s", region, source).isTrue();
    return marked.group(1).stripTrailing().stripIndent() + "\n";
  }

  private static String sourceOf(String test) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      Path source =
          files
              .filter(file -> file.endsWith(test + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no test " + test));
      return Files.readString(source);
    }
  }

  private static Stream<String> publicMethodsOf(String type) throws ClassNotFoundException {
    Class<?> found = null;
    for (String room : List.of("stream", "net", "net.options", "net.tls")) {
      String name = "org.asyncio4j." + room + "." + type;
      if (ReadmeTest.class.getResource("/" + name.replace('.', '/') + ".class") != null) {
        found = Class.forName(name);
      }
    }
    assertThat(found).as(type).isNotNull();
    return Stream.of(found.getMethods()).map(Method::getName);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
