package org.asyncio4j.benchmarks.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps servers busy, in a process of its own. Reads lines of the form {@code port connectionsxsize
 * settleMillis sampleMillis}; writes {@code begin} for each, and later {@code end} with the number
 * of requests and nanoseconds in between, at least {@value #MIN_REQUESTS} requests. Then it keeps
 * the idle connections open until it reads another line, because closing them also costs the server
 * time.
 */
public final class LoadGenerator {

  private static final int SCRATCH_BYTES = 256 * 1024;

  private static final int MIN_REQUESTS = 100;
  private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MAX_MORE = 1_000;

  private final BufferedReader commands =
      new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final ByteBuffer scratch = AlignedBuffers.allocate(SCRATCH_BYTES);
  private final List<LoadConnection> connections = new ArrayList<>();
  private final Workload workload;

  private LoadGenerator(Workload workload) {
    this.workload = workload;
  }

  /** Runs until the standard input ends. */
  public static void run(Workload workload) throws IOException {
    LoadGenerator generator = new LoadGenerator(workload);
    for (String line = generator.commands.readLine();
        line != null;
        line = generator.commands.readLine()) {
      String[] words = line.split(" ", -1);
      generator.sample(
          Integer.parseInt(words[0]),
          Cell.parse(words[1]),
          TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(words[2])),
          TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(words[3])));
    }
  }

  private void sample(int port, Cell cell, long settleNanos, long sampleNanos) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < cell.connections(); i++) {
        Dialogue dialogue = workload.dialogue(cell, i);
        connections.add(LoadConnection.open(selector, port, dialogue, scratch));
      }
      long settling = System.nanoTime();
      for (LoadConnection connection : connections) {
        connection.send();
      }
      serve(selector, settling + settleNanos);
      long before = answered();
      System.out.println("begin");
      long begin = System.nanoTime();
      serve(selector, begin + sampleNanos);
      serveUntilEnough(selector, before);
      long nanos = System.nanoTime() - begin;
      System.out.println("end " + (answered() - before) + " " + nanos);
      commands.readLine();
    } finally {
      for (LoadConnection connection : connections) {
        connection.close();
      }
      connections.clear();
    }
  }

  private static void serve(Selector selector, long deadline) throws IOException {
    for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
      selector.select(LoadGenerator::ready, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
  }

  /** Continues if the machine was too busy: a sample of a few requests means nothing. */
  private void serveUntilEnough(Selector selector, long before) throws IOException {
    long enough = before + MIN_REQUESTS;
    for (int more = 0; answered() < enough; more++) {
      if (more == MAX_MORE) {
        throw new IOException(
            "cannot measure: the server has replied to only %d requests"
                .formatted(answered() - before));
      }
      serve(selector, System.nanoTime() + MORE_NANOS);
    }
  }

  private static void ready(SelectionKey key) {
    try {
      ((LoadConnection) key.attachment()).ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long answered() {
    return connections.stream().mapToLong(LoadConnection::answered).sum();
  }
}
