package org.asyncio4j.examples.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The lines that a process prints; its own thread reads them. */
public final class ProcessOutput {

  private static final String END = "\u0000end of output";

  private final String program;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Thread reader;

  /**
   * Starts reading.
   *
   * @param program its name in messages
   * @param process the process that prints
   */
  public ProcessOutput(String program, Process process) {
    this.program = program;
    this.reader = Thread.ofPlatform().daemon().name("reads-a-process").start(() -> read(process));
  }

  /**
   * Runs a program to its end.
   *
   * @param command the program and its arguments
   * @return what it printed
   * @throws AssertionError if it failed
   */
  public static String of(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, printed).isZero();
    return printed;
  }

  /**
   * Waits for a line.
   *
   * @param isWanted accepts the line
   * @param described what the program must print
   * @param patienceSeconds how long it may be silent
   * @return the line
   * @throws AssertionError if the program ends or falls silent before
   */
  public String awaitLine(Predicate<String> isWanted, String described, long patienceSeconds)
      throws InterruptedException {
    while (true) {
      String line = lines.poll(patienceSeconds, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            "%s must print '%s' but %s after %s"
                .formatted(program, described, line == null ? "was silent" : "ended", seen));
      }
      seen.add(line);
      if (isWanted.test(line)) {
        return line;
      }
    }
  }

  /** Waits for the end of the output and returns all of it. */
  public String awaitEnd() throws InterruptedException {
    reader.join();
    lines.drainTo(seen);
    seen.remove(END);
    return String.join("\n", seen);
  }

  /** {@return the lines that were waited for, and those before them} */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  private void read(Process process) {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      lines.add(ended.toString());
    } finally {
      lines.add(END);
    }
  }
}
