package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the examples are small, and that their module requires no more than an application's.
 */
final class ExamplesTest {

  private static final Path SOURCES = Path.of("src/main/java/org/asyncio4j/examples");
  private static final int MAX_LINES = 80;

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(Files::isRegularFile) // larger ones are in subpackages
          .filter(file -> !file.endsWith("Demo.java"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void exampleFitsOnOnePage(Path source) throws IOException {
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @Test
  void examplesRequireTheApiAlone() {
    ModuleDescriptor examples =
        ModuleFinder.of(Path.of("target/classes"))
            .find("org.asyncio4j.examples")
            .orElseThrow()
            .descriptor();

    assertThat(examples.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "org.asyncio4j");
  }
}
