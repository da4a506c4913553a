package org.asyncio4j.examples.peers;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of another project that runs in the foreground and prints messages. Closing it ends it
 * and the processes that it has started.
 */
public final class PeerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final ProcessOutput output;
  private final Thread endsWithUs;

  private PeerProcess(List<String> command) throws IOException {
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.output = new ProcessOutput(command.toString(), process);
    // Tests that are killed close nothing.
    this.endsWithUs = Thread.ofPlatform().name("ends-a-peer").unstarted(process::destroy);
    Runtime.getRuntime().addShutdownHook(endsWithUs);
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
    try {
      String ignored = output.awaitLine(line -> line.contains(part), part, PATIENCE_SECONDS);
      return this;
    } catch (AssertionError ended) {
      close();
      throw ended;
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
}
