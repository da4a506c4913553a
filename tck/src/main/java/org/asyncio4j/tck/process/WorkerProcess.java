package org.asyncio4j.tck.process;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.tck.probe.FairClock;

/** A process that judges loops, seen from the process that asks. */
final class WorkerProcess implements AutoCloseable {

  private static final int KEPT_LINES = 30;
  private static final int SLICE_MILLIS = 50;
  private static final int MOST_LIMITS = 4;

  private final Process process;
  private final BlockingQueue<Optional<Reply>> replies = new LinkedBlockingQueue<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final Thread errors;

  private WorkerProcess(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("tck-replies").start(this::readReplies);
    this.errors = Thread.ofPlatform().daemon().name("tck-errors").start(this::readErrors);
  }

  static WorkerProcess start(List<String> command) throws IOException {
    return new WorkerProcess(new ProcessBuilder(command).start());
  }

  /**
   * Asks, and waits for the answer.
   *
   * @return the answer, or empty if the process has ended
   */
  Answer ask(Request request, Duration limit) throws InterruptedException {
    try {
      OutputStream requests = process.getOutputStream();
      requests.write((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
      requests.flush();
    } catch (IOException gone) {
      // The reader of its answers sees the end, too.
    }
    long deadline = FairClock.deadline(limit);
    // The worker itself may be what takes the machine, which the clock of this process cannot tell.
    long latest = System.nanoTime() + limit.multipliedBy(MOST_LIMITS).toNanos();
    while (true) {
      Optional<Reply> reply = replies.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
      if (reply != null) {
        return reply.<Answer>map(Answer.Given::new).orElseGet(this::ended);
      }
      if (FairClock.nanoTime() >= deadline || System.nanoTime() - latest > 0) {
        return new Answer.Silence();
      }
    }
  }

  /** What comes back. */
  sealed interface Answer {

    record Given(Reply reply) implements Answer {}

    /** The process has ended. */
    record Ended(String how) implements Answer {}

    record Silence() implements Answer {}
  }

  private Answer ended() {
    try {
      int status = process.waitFor();
      errors.join();
      return new Answer.Ended(
          "the process of the loop ended with status %d; its last lines:%n%s"
              .formatted(status, lastLines()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Ended("the process of the loop ended");
    }
  }

  private String lastLines() {
    synchronized (lastLines) {
      return String.join(System.lineSeparator(), lastLines);
    }
  }

  private void readReplies() {
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      while (true) {
        replies.add(Optional.of(Reply.readFrom(in)));
      }
    } catch (IOException end) {
      replies.add(Optional.empty());
    }
  }

  private void readErrors() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
      }
    } catch (IOException end) {
      keep("(its output cannot be read: %s)".formatted(end));
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > KEPT_LINES) {
        String ignored = lastLines.remove();
      }
    }
  }

  @Override
  public void close() {
    var ignored = process.destroyForcibly().onExit().join();
  }
}
