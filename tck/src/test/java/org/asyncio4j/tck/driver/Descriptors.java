package org.asyncio4j.tck.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The open sockets and event descriptors of this process, by number; none where there is no /proc.
 */
public record Descriptors(SortedMap<Integer, String> open) {

  public static Descriptors now() throws IOException {
    SortedMap<Integer, String> open = new TreeMap<>();
    File[] entries = new File("/proc/self/fd").listFiles();
    for (File entry : entries == null ? new File[0] : entries) {
      String target = target(entry.toPath());
      if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
        open.put(Integer.valueOf(entry.getName()), target);
      }
    }
    return new Descriptors(open);
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      return ""; // the descriptor that listed the directory
    }
  }
}
