package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopMarkersTest {

  @TempDir private Path place;

  @Test
  void theMarkersOfAJarAreTheNamesOfFiles() throws IOException {
    Path jar = place.resolve("merged.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name :
          List.of(
              "META-INF/asyncio4j/SPEC.md",
              "META-INF/asyncio4j/loops/",
              "META-INF/asyncio4j/loops/org.example.Second",
              "META-INF/asyncio4j/loops/org.example.First",
              "org/example/First.class")) {
        zip.putNextEntry(new ZipEntry(name));
      }
    }
    assertThat(LoopMarkers.in(jar)).containsExactly("org.example.First", "org.example.Second");
  }

  @Test
  void theMarkersOfADirectoryAreTheNamesOfFiles() throws IOException {
    Path directory = Files.createDirectories(place.resolve("META-INF/asyncio4j/loops"));
    Files.createFile(directory.resolve("org.example.Second"));
    Files.createFile(directory.resolve("org.example.First"));

    assertThat(LoopMarkers.in(place)).containsExactly("org.example.First", "org.example.Second");
  }

  @Test
  void aDirectoryMayHaveNone() throws IOException {
    assertThat(LoopMarkers.in(place)).isEmpty();
  }
}
