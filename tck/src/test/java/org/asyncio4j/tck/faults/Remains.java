package org.asyncio4j.tck.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sockets and the relays' threads of this process. */
record Remains(Map<String, String> sockets, List<String> threads) {

  static Remains now() throws IOException {
    Map<String, String> sockets = new TreeMap<>();
    File[] entries = new File("/proc/self/fd").listFiles();
    for (File entry : entries == null ? new File[0] : entries) {
      String target = target(entry.toPath());
      if (target.startsWith("socket:")) {
        sockets.put(entry.getName() + " " + target, target);
      }
    }
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("fault-"))
            .toList();
    return new Remains(sockets, threads);
  }

  List<String> since(Remains before) {
    List<String> found = new ArrayList<>(threads);
    found.removeAll(before.threads);
    sockets.keySet().stream().filter(key -> !before.sockets.containsKey(key)).forEach(found::add);
    return found;
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException closed) {
      return ""; // the descriptor that listed the directory
    }
  }
}
