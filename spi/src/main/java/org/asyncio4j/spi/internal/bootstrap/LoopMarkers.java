package org.asyncio4j.spi.internal.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The files that mark the loops in a jar: {@code META-INF/asyncio4j/loops/} and the name of the
 * provider's class. Unlike services files, they have a different name for each loop, so all of them
 * survive when several jars are merged into one.
 */
final class LoopMarkers {

  private static final String DIRECTORY = "META-INF/asyncio4j/loops/";

  private LoopMarkers() {}

  /** Returns the names of the provider classes that are marked in a jar or directory. */
  static List<String> in(Path place) throws IOException {
    return Files.isDirectory(place) ? inDirectory(place.resolve(DIRECTORY)) : inJar(place);
  }

  private static List<String> inDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> inJar(Path jar) throws IOException {
    List<String> found = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        String name = entries.nextElement().getName();
        if (name.startsWith(DIRECTORY) && !name.endsWith("/")) {
          found.add(name.substring(DIRECTORY.length()));
        }
      }
    }
    Collections.sort(found);
    return List.copyOf(found);
  }
}
