package org.asyncio4j.benchmarks.echo;

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

/** Another JVM with our class path, which ends when its standard input does. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;

  private ChildJvm(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = new PrintWriter(process.outputWriter(UTF_8), true);
  }

  /**
   * Starts a program, on one processor only if that can be arranged.
   *
   * @param main its class
   * @param jvmFlags the flags of its JVM
   * @param arguments its arguments
   * @param processor the processor, if it is to have just one
   * @return the program
   * @throws IOException if the system refuses
   */
  public static ChildJvm start(
      Class<?> main, List<String> jvmFlags, List<String> arguments, OptionalInt processor)
      throws IOException {
    List<String> command = new ArrayList<>();
    Optional<Path> taskset = Tools.find("taskset");
    if (taskset.isPresent() && processor.isPresent()) {
      command.addAll(List.of(taskset.get().toString(), "-c", "" + processor.getAsInt()));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Ends the calling JVM when its standard input ends: nobody is left who could use it. */
  public static void exitWithParent() {
    Thread.ofPlatform()
        .daemon(true)
        .name("stdin")
        .start(() -> {
          try {
            while (System.in.read() >= 0) {
              // The parent says nothing that matters.
            }
          } catch (IOException ended) {
            // As good as its end.
          }
          Runtime.getRuntime().halt(0);
        });
  }

  /** {@return the number of its process} */
  public long pid() {
    return process.pid();
  }

  void tell(String command) {
    commands.println(command);
  }

  /**
   * Reads a line of the form {@code keyword rest}.
   *
   * @param keyword the first word
   * @return the rest
   * @throws IOException if the program says something else, or nothing any more
   */
  public String expect(String keyword) throws IOException {
    String line = answers.readLine();
    if (line == null || !line.startsWith(keyword)) {
      throw new IOException("process must answer '%s' but said %s".formatted(keyword, line));
    }
    return line.substring(keyword.length()).strip();
  }

  @Override
  public void close() {
    commands.close();
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
