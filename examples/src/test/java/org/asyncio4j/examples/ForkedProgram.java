package org.asyncio4j.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.examples.peers.ProcessOutput;

/** A program in its own JVM, as a user starts it. Closing it ends the program. */
public final class ForkedProgram implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 240;
  private static final int SIGINT = 2;
  private static final List<String> NAMESPACE =
      List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

  private final Process process;
  private final ProcessOutput output;

  private ForkedProgram(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = new ProcessOutput("program", process);
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

  /** Starts Java on the class path with the two flags that users are asked to add. */
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
    return java(hearingInterrupts(), args);
  }

  /** Starts Java as the first process of a namespace, as in a container. */
  public static ForkedProgram inContainer(Setup setup, String mainClass) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--class-path",
                String.join(File.pathSeparator, classPath()),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
    args.addAll(setup.flags());
    args.add("org.asyncio4j.examples." + mainClass);
    return java(NAMESPACE, args);
  }

  /** Returns whether this machine lets us start the first process of a namespace. */
  public static boolean hasContainers() throws InterruptedException {
    List<String> command = new ArrayList<>(NAMESPACE);
    command.add("true");
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static ForkedProgram java(List<String> prefix, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(args);
    return new ForkedProgram(command);
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

  public static List<String> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.asList(path.split(File.pathSeparator));
  }

  /** Waits for a line with this prefix, and returns the rest of it. */
  public String awaitLine(String start) throws InterruptedException {
    return output
        .awaitLine(line -> line.startsWith(start), start + "...", PATIENCE_SECONDS)
        .substring(start.length());
  }

  /** Waits for a line that contains this. */
  public void awaitLineWith(String part) throws InterruptedException {
    output.awaitLine(line -> line.contains(part), "..." + part + "...", PATIENCE_SECONDS);
  }

  /** Presses Ctrl-C. */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Sends SIGTERM, as Docker, Kubernetes and systemd do; in a container to its first process. */
  public void terminate() throws IOException, InterruptedException {
    long first =
        process
            .children()
            .filter(ProcessHandle::isAlive)
            .findFirst()
            .orElse(process.toHandle())
            .pid();
    new ProcessBuilder("kill", "-TERM", Long.toString(first)).start().waitFor();
  }

  /** Waits for the end of the program and returns everything that it printed. */
  public String awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("program must end but runs on after " + output.seen());
    }
    return output.awaitEnd();
  }

  public int exitStatus() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
