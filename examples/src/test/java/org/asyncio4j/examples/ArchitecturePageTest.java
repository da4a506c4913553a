package org.asyncio4j.examples;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares docs/ARCHITECTURE.md with the sources. */
final class ArchitecturePageTest {

  private static final Path ROOT = Path.of("..");
  private static final String OURS = "org.asyncio4j.";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`org\\..*) \\| .* \\| (.*)\\|$");
  private static final Pattern PACKAGE = Pattern.compile("`(org\\.asyncio4j[\\w.]*)`");
  private static final Pattern MODULE = Pattern.compile("<module>([\\w-]+)</module>");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^import (static )?(org\\.asyncio4j[a-z0-9.]*)\\.(?:[A-Z]\\w*\\.)*(\\w+|\\*);$");
  private static final Pattern QUALIFIED =
      Pattern.compile("\\b(org\\.asyncio4j[a-z0-9.]*)\\.[A-Z]");
  private static final Pattern STRING = Pattern.compile("\"(\\\\.|[^\"\\\\\n])*\"");
  private static final Pattern TYPE = Pattern.compile("\\b[A-Z][a-z0-9]+[A-Z]\\w*");
  private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w*)\\.(\\w+)`");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private static String page;
  private static List<Path> sources;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(ROOT.resolve("docs/ARCHITECTURE.md"));
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources =
          files.filter(file -> file.toString().matches(".*/src/\\w+/java/.*\\.java")).toList();
    }
  }

  @Test
  void packagesAndImportsAreThoseOfTheSources() throws IOException {
    Map<String, Set<String>> shown = new TreeMap<>();
    for (MatchResult row : ROW.matcher(page).results().toList()) {
      Set<String> imports = new TreeSet<>(List.of(row.group(2).strip().split(", ")));
      imports.remove("");
      for (MatchResult named : PACKAGE.matcher(row.group(1)).results().toList()) {
        assertThat(shown.put(named.group(1), imports)).as(named.group(1)).isNull();
      }
    }

    assertThat(shown).isEqualTo(importsOfPackages());
  }

  @Test
  void typesThatAreNamedOccurInTheSources() throws IOException {
    Set<String> words = new HashSet<>();
    for (Path source : sources) {
      WORD.matcher(Files.readString(source)).results().map(MatchResult::group).forEach(words::add);
    }

    assertThat(TYPE.matcher(page).results().map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(words).contains(type));
  }

  @Test
  void methodsThatAreNamedExist() throws IOException {
    Set<String> ofTheJdk = new TreeSet<>();
    List<MatchResult> methods = METHOD.matcher(page).results().toList();
    assertThat(methods).hasSizeGreaterThan(50);
    for (MatchResult method : methods) {
      List<Path> files =
          sources.stream().filter(file -> file.endsWith(method.group(1) + ".java")).toList();
      if (files.isEmpty()) {
        ofTheJdk.add(method.group(1));
      } else {
        assertThat(files)
            .as(method.group())
            .anySatisfy(file ->
                assertThat(Files.readString(file))
                    .containsPattern("\\b%s\\(".formatted(method.group(2))));
      }
    }
    assertThat(ofTheJdk).containsExactly("LockSupport", "Thread");
  }

  private static Map<String, Set<String>> importsOfPackages() throws IOException {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (MatchResult module :
        MODULE.matcher(Files.readString(ROOT.resolve("pom.xml"))).results().toList()) {
      Path java = ROOT.resolve(module.group(1)).resolve("src/main/java");
      List<Path> files =
          sources.stream()
              .filter(file -> file.startsWith(java))
              .filter(file -> !file.endsWith("module-info.java"))
              .toList();
      Set<String> ofModule =
          files.stream().map(file -> packageOf(java, file)).collect(toCollection(TreeSet::new));
      for (Path file : files) {
        String own = packageOf(java, file);
        importedBy(file).stream()
            .filter(other -> !other.equals(own) && ofModule.contains(other))
            .map(other -> other.substring(OURS.length()))
            .forEach(imports.computeIfAbsent(own, _ -> new TreeSet<>())::add);
      }
    }
    return imports;
  }

  private static String packageOf(Path java, Path file) {
    return java.relativize(file.getParent()).toString().replace('/', '.').replace('\\', '.');
  }

  /**
   * Returns the packages whose types the code of a file uses, imported or not; its Javadoc may
   * import others.
   */
  private static Set<String> importedBy(Path file) throws IOException {
    String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
    String body = STRING.matcher(code.replaceAll("(?m)^(import|package) .*$", "")).replaceAll("");
    Set<String> packages = new TreeSet<>();
    for (MatchResult found : IMPORT.matcher(code).results().toList()) {
      boolean isWhole = found.group(1) != null || found.group(3).equals("*");
      if (isWhole || Pattern.compile("\\b" + found.group(3) + "\\b").matcher(body).find()) {
        packages.add(found.group(2));
      }
    }
    QUALIFIED.matcher(body).results().map(found -> found.group(1)).forEach(packages::add);
    return packages;
  }
}
