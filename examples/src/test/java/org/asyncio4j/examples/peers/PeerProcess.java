package org.asyncio4j.examples.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program of somebody else that runs in the foreground and talks of itself. Closing it ends it,
 * and what it has started.
 */
public final class PeerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final String END = "\u0000end of output";

  private final List<String> command;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Thread endsWithUs;

  private PeerProcess(List<String> command) throws IOException {
    this.command = command;
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // Tests that are stopped from outside close nothing.
    this.endsWithUs = Thread.ofPlatform().name("ends-a-peer").unstarted(process::destroy);
    Runtime.getRuntime().addShutdownHook(endsWithUs);
    Thread.ofPlatform().daemon().name("reads-a-peer").start(this::read);
  }

  /**
   * Starts a program.
   *
   * @param command the program and its arguments
   * @return the program
   */
  public static PeerProcess start(String... command) throws IOException {
    return new PeerProcess(List.of(command));
  }

  /**
   * Waits until the program has printed something.
   *
   * @param part what a line must contain
   * @return this
   * @throws AssertionError if the program ends or falls silent before
   */
  public PeerProcess awaitLine(String part) throws InterruptedException {
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        close();
        throw new AssertionError(
            "%s must print '%s' but %s after %s"
                .formatted(command, part, line == null ? "was silent" : "ended", seen));
      }
      seen.add(line);
      if (line.contains(part)) {
        return this;
      }
    }
  }

  /** Ends the program without warning: it cannot clean up. Waits until it has ended. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().removeShutdownHook(endsWithUs);
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      lines.add(ended.toString());
    } finally {
      lines.add(END);
    }
  }
}
