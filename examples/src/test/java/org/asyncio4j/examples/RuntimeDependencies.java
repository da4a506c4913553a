package org.asyncio4j.examples;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The runtime dependencies of a module according to its POM. */
final class RuntimeDependencies {

  private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
  // Dependencies of plugins and profiles are used only by the build.
  private static final Pattern OF_THE_BUILD =
      Pattern.compile("(?s)<build>.*?</build>|<profiles>.*?</profiles>");
  private static final Set<String> ON_THE_PATH = Set.of("compile", "runtime");

  private RuntimeDependencies() {}

  /** Returns the names of the artifacts, in the order of the POM. */
  static List<String> of(Path parent, Path module) throws IOException {
    Map<String, String> managed =
        dependencies(parent)
            .filter(dependency -> element("scope", dependency).isPresent())
            .collect(
                toMap(
                    RuntimeDependencies::name,
                    dependency -> element("scope", dependency).orElseThrow()));
    return dependencies(module)
        .filter(dependency -> element("optional", dependency).isEmpty())
        .filter(dependency ->
            ON_THE_PATH.contains(
                element("scope", dependency)
                    .orElse(managed.getOrDefault(name(dependency), "compile"))))
        .map(RuntimeDependencies::name)
        .toList();
  }

  private static Stream<String> dependencies(Path pom) throws IOException {
    String text = OF_THE_BUILD.matcher(Files.readString(pom)).replaceAll("");
    return DEPENDENCY.matcher(text).results().map(RuntimeDependencies::content);
  }

  private static String content(MatchResult dependency) {
    return dependency.group(1);
  }

  private static String name(String dependency) {
    return element("artifactId", dependency).orElseThrow();
  }

  private static Optional<String> element(String name, String dependency) {
    Matcher found = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(name)).matcher(dependency);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
