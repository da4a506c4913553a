package org.asyncio4j.benchmarks.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process that communicates in lines and ends when its standard input ends. */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.input = new PrintWriter(process.outputWriter(UTF_8), true);
  }

  /**
   * Starts a program.
   *
   * @param command the program and its arguments
   * @param processor the only processor that it may use, if {@code taskset} is installed
   */
  public static ChildProcess start(List<String> command, OptionalInt processor) throws IOException {
    List<String> pinned = new ArrayList<>();
    Optional<Path> taskset = Tools.find("taskset");
    if (taskset.isPresent() && processor.isPresent()) {
      pinned.addAll(List.of(taskset.get().toString(), "-c", "" + processor.getAsInt()));
    }
    pinned.addAll(command);
    return new ChildProcess(
        new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Starts a JVM with our class path. */
  public static ChildProcess startJvm(
      Class<?> main, List<String> flags, List<String> arguments, OptionalInt processor)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return start(command, processor);
  }

  /** Ends the calling JVM when its standard input ends, which means that its parent has ended. */
  public static void exitWithParent() {
    Thread.ofPlatform()
        .daemon(true)
        .name("stdin")
        .start(() -> {
          try {
            while (System.in.read() >= 0) {
              // Servers receive no commands.
            }
          } catch (IOException ended) {
            // A failed read also means that the input has ended.
          }
          Runtime.getRuntime().halt(0);
        });
  }

  /** Returns the process ID. */
  public long pid() {
    return process.pid();
  }

  /** Writes a line to the process. */
  void send(String command) {
    input.println(command);
  }

  /** Reads lines until one contains a text. */
  public void skipTo(String text) throws IOException {
    while (!readLine(text).contains(text)) {
      // Skip the line.
    }
  }

  /** Reads a line of the form {@code keyword rest} and returns the rest. */
  public String expect(String keyword) throws IOException {
    String line = readLine(keyword);
    if (!line.startsWith(keyword)) {
      throw new IOException(
          "cannot read '%s' from process %d: it wrote '%s'".formatted(keyword, pid(), line));
    }
    return line.substring(keyword.length()).strip();
  }

  private String readLine(String wanted) throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException(
          "cannot read '%s' from process %d: it has ended; see its messages above"
              .formatted(wanted, pid()));
    }
    return line;
  }

  @Override
  public void close() {
    input.close();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
