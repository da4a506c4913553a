package org.asyncio4j.examples.peers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds programs on this machine, also those only on the administrator's PATH. */
public final class Installed {

  private Installed() {}

  /**
   * Finds a program; without it the test is aborted, and the message names the package to install.
   *
   * @param name the name of the program
   * @param debianPackage the package of Debian that it is in
   * @return its path
   */
  public static String program(String name, String debianPackage) {
    return directories()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseGet(() ->
            abort(
                "%s is not installed; on Debian: apt-get install %s"
                    .formatted(name, debianPackage)));
  }

  private static Stream<String> directories() {
    String path = System.getenv("PATH");
    Stream<String> own =
        path == null ? Stream.<String>empty() : Stream.of(path.split(File.pathSeparator));
    return Stream.concat(own, Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"));
  }
}
