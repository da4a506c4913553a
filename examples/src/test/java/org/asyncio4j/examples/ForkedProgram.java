package org.asyncio4j.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, as a user starts it. Closing it ends it, whatever it does. */
public final class ForkedProgram implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 240;
  private static final int SIGINT = 2;
  private static final String END = "\u0000end of output";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "reads-the-output");

  private ForkedProgram(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader.start();
  }

  /** Starts Java with the class path of this test. */
  public static ForkedProgram onClassPath(List<String> flags, String mainClass, String... args)
      throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--class-path", String.join(File.pathSeparator, classPath())));
    all.addAll(flags);
    all.add("org.asyncio4j.examples." + mainClass);
    all.addAll(List.of(args));
    return java(all);
  }

  /** Starts Java with the two flags that its users are told to add, on the class path. */
  public static ForkedProgram onClassPath(Setup setup, String mainClass, String... args)
      throws IOException {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
    flags.addAll(setup.flags());
    return onClassPath(flags, mainClass, args);
  }

  /** Starts Java with arguments of any kind. */
  public static ForkedProgram java(List<String> args) throws IOException {
    List<String> command = new ArrayList<>(hearingInterrupts());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(args);
    return new ForkedProgram(command);
  }

  // What a shell starts in the background ignores Ctrl-C, and so would all that it starts in turn.
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

  public static List<String> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.asList(path.split(File.pathSeparator));
  }

  /** Waits for a line that begins like this, and answers the rest of it. */
  public String awaitLine(String start) throws InterruptedException {
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            "program must print '%s...' but %s after %s"
                .formatted(start, line == null ? "was silent" : "ended", seen));
      }
      seen.add(line);
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
  }

  /** Presses Ctrl-C. */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end of the program and answers everything that it printed. */
  public String awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("program must end but runs on after " + seen);
    }
    reader.join();
    lines.drainTo(seen);
    seen.remove(END);
    return String.join("\n", seen);
  }

  public int exitStatus() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException ended) {
      lines.add(ended.toString());
    } finally {
      lines.add(END);
    }
  }
}
