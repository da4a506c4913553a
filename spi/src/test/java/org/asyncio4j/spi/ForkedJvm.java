package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own for a test, on the class path. */
public record ForkedJvm(int exitStatus, String output) {

  private static final long PATIENCE_SECONDS = 240; // only a hang takes this long
  private static final int SIGINT = 2;

  /** Runs a main class of the tests to its end. */
  public static ForkedJvm run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(), main, arguments);
  }

  /** Runs a main class of the tests to its end, with flags for the JVM. */
  public static ForkedJvm run(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(hearingInterrupts());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED"); // where all loops are on the class path
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath(main));
    command.add(main.getName());
    Collections.addAll(command, arguments);
    Path output = Files.createTempFile("forked", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("the JVM ended; it said: %s", text).isTrue();
      return new ForkedJvm(process.exitValue(), text);
    } finally {
      Files.delete(output);
    }
  }

  // A process that a shell starts in the background ignores Ctrl-C, and so would its children.
  private static List<String> hearingInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean deaf =
        Files.exists(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(ignored -> (ignored & 1L << SIGINT - 1) != 0);
    return deaf ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static String classPath(Class<?> main) {
    return Stream.of(
            root(main),
            root(BaseEventLoop.class),
            System.getProperty("jdk.module.path"),
            System.getProperty("java.class.path"))
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The directory that a class was loaded from, also where it patches a module. */
  private static String root(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    Path file = Path.of(URI.create(type.getResource("/" + name).toString()));
    Path root = file;
    for (int i = 0; i < Path.of(name).getNameCount(); i++) {
      root = root.getParent();
    }
    return root.toString();
  }
}
