package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about our source files. */
class ProjectSourcesTest {

  private static final int MAX_LINES_OF_FILE = 400;
  private static final int MAX_LINES_OF_METHOD = 40;

  /** Facades of the framework: each declares its methods in one file, where users look for them. */
  private static final Set<String> MAY_BE_LONG = Set.of("Asyncio.java", "BaseEventLoop.java");

  private static final Pattern TYPE =
      Pattern.compile(".*\\b(class|record|enum|interface) \\w+.*|\\s*[A-Z_]+ \\{");
  private static final Pattern PROVIDES =
      Pattern.compile("provides\\s+([\\w.]+)\\s+with\\s+([\\w.,\\s]+);");

  @Test
  void filesAreShort() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    for (Path file : sources("main")) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_LINES_OF_FILE && !MAY_BE_LONG.contains(file.getFileName().toString())) {
        tooLong.put(root().relativize(file).toString(), lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    for (Path file : sources("main")) {
      List<String> lines = Files.readAllLines(file);
      longMethods(lines, 0, lines.size(), "")
          .forEach((line, length) -> tooLong.put(root().relativize(file) + ":" + line, length));
    }
    assertThat(tooLong).isEmpty();
  }

  /**
   * The second half of the carrier engine's law 8: a task is not the thread that polls. The kit
   * alone does it, to see that a loop refuses such memory.
   */
  @Test
  void noSourceConfinesMemoryToAThread() throws IOException {
    assertThat(mainSourcesThatContain("ofConfined")).containsExactly("ArenaBuffers.java");
  }

  /** A critical call holds up the collector, so nothing that may wait is one. */
  @Test
  void onlyTheDriverOfNonBlockingSocketsLinksCriticalCalls() throws IOException {
    assertThat(mainSourcesThatContain("Option.critical(")).containsExactly("LinuxCalls.java");
    assertThat(mainSourcesThatContain("ON_HEAP")).containsExactly("LinuxCalls.java");
    String calls =
        Files.readString(
            root().resolve("loop-epoll/src/main/java/org/asyncio4j/loop/epoll/LinuxCalls.java"));
    assertThat(Pattern.compile("(\\w+) =[^;]*ON_HEAP").matcher(calls).results())
        .extracting(found -> found.group(1))
        .containsExactlyInAnyOrder("RECV_ON_HEAP", "SEND_ON_HEAP");
  }

  private static Set<String> mainSourcesThatContain(String text) throws IOException {
    Set<String> containing = new TreeSet<>();
    for (Path file : sources("main")) {
      if (Files.readString(file).contains(text)) {
        containing.add(file.getFileName().toString());
      }
    }
    return containing;
  }

  @Test
  void noTestSleeps() throws IOException {
    Set<String> sleeping = new TreeSet<>();
    Pattern sleep =
        Pattern.compile("Thread\\.sleep\\((?!Long\\.MAX_VALUE|1\\))|TimeUnit\\.\\w+\\.sleep");
    for (Path file : sources("test")) {
      if (!file.endsWith("ProjectSourcesTest.java")
          && sleep.matcher(Files.readString(file)).find()) {
        sleeping.add(root().relativize(file).toString());
      }
    }
    assertThat(sleeping).isEmpty();
  }

  @Test
  void modulesProvideTheSameOnBothPaths() throws IOException {
    for (Path module : modules()) {
      Map<String, Set<String>> byModule = new TreeMap<>();
      Path descriptor = module.resolve("src/main/java/module-info.java");
      Matcher provides = PROVIDES.matcher(Files.readString(descriptor));
      while (provides.find()) {
        byModule.put(provides.group(1), Set.of(provides.group(2).split(",\\s*")));
      }
      Map<String, Set<String>> byClassPath = new TreeMap<>();
      Path services = module.resolve("target/classes/META-INF/services");
      if (Files.isDirectory(services)) {
        try (Stream<Path> files = Files.list(services)) {
          for (Path file : files.toList()) {
            byClassPath.put(file.getFileName().toString(), Set.copyOf(Files.readAllLines(file)));
          }
        }
      }
      assertThat(byClassPath).as("services of %s", module.getFileName()).isEqualTo(byModule);
    }
  }

  /** By these files a loop is missed that lost its services file when jars were made one. */
  @Test
  void loopsAreMarked() throws IOException {
    for (Path module : modules()) {
      Path loops = module.resolve("src/main/resources/META-INF/asyncio4j/loops");
      Matcher provides =
          PROVIDES.matcher(Files.readString(module.resolve("src/main/java/module-info.java")));
      while (provides.find()) {
        if (provides.group(1).equals("org.asyncio4j.spi.EventLoopProvider")) {
          assertThat(loops.resolve(provides.group(2))).exists();
        }
      }
    }
  }

  /** Members begin, and end with a brace, at the indent of their type; the formatter ensures it. */
  private static Map<Integer, Integer> longMethods(
      List<String> lines, int from, int to, String indent) {
    Map<Integer, Integer> found = new TreeMap<>();
    int start = from;
    for (int i = from; i < to; i++) {
      String line = lines.get(i);
      if (line.equals(indent + "}")) {
        int length = i - start + 1;
        if (TYPE.matcher(lines.get(start)).matches()) {
          found.putAll(longMethods(lines, start + 1, i, indent + "  "));
        } else if (length > MAX_LINES_OF_METHOD) {
          found.put(start + 1, length);
        }
      } else if (line.startsWith(indent)
          && line.length() > indent.length()
          && Character.isLetter(line.charAt(indent.length()))) {
        start = i;
      }
    }
    return found;
  }

  private static List<Path> sources(String set) throws IOException {
    List<Path> found = new java.util.ArrayList<>();
    for (Path module : modules()) {
      Path directory = module.resolve("src/" + set + "/java");
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
        }
      }
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  /** The modules that have a descriptor. */
  private static List<Path> modules() throws IOException {
    try (Stream<Path> directories = Files.list(root())) {
      return directories
          .filter(directory -> Files.exists(directory.resolve("src/main/java/module-info.java")))
          .sorted()
          .toList();
    }
  }

  private static Path root() {
    // Surefire sets the directory of the module.
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  }
}
