package org.example.recipes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A packed application that runs. Closing it ends it. */
final class Packed implements AutoCloseable {

  /** Where the recipes lie, seen from the folder of these tests. */
  static final Path RECIPES = Path.of("..").toAbsolutePath().normalize();

  /** The JDK that builds the project. */
  static final Path JDK = Path.of(System.getProperty("java.home"));

  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private final List<String> printed = new ArrayList<>();

  private Packed(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    output = process.inputReader();
  }

  static Packed start(List<String> command) throws IOException {
    Path errors = Files.createTempFile("recipe", ".err");
    return new Packed(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  static Packed startJar(Path jar, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JDK.resolve("bin/java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
    return start(command);
  }

  /** Reads until a line that begins like this, or to the end. */
  String awaitLine(String start) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      printed.add(line);
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("no line begins with %s:%n%s".formatted(start, everything()));
  }

  /** Asks the application to end, as Docker, Kubernetes and systemd do. */
  void terminate() {
    process.toHandle().destroy(); // process.destroy() would also close its output
  }

  /** Waits for the end and returns the exit status. */
  int awaitEnd() throws IOException, InterruptedException {
    output.lines().forEach(printed::add);
    return process.waitFor();
  }

  List<String> printed() {
    return printed;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  String everything() throws IOException {
    return String.join("\n", printed) + "\n" + errors();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    output.close();
    Files.delete(errors);
  }
}
