package org.asyncio4j.benchmarks.echo;

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
 * Keeps servers busy, in a process of its own. Reads lines of the form {@code port connections
 * bytes settleMillis sampleMillis}; answers each with {@code begin}, and later {@code end} with the
 * number of requests and nanoseconds in between.
 */
final class LoadGenerator {

  private static final int SCRATCH_BYTES = 256 * 1024;

  private final ByteBuffer scratch = AlignedBuffers.allocate(SCRATCH_BYTES);
  private final List<LoadConnection> connections = new ArrayList<>();

  private LoadGenerator() {}

  /** The program. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    LoadGenerator generator = new LoadGenerator();
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      generator.sample(
          Integer.parseInt(words[0]),
          new Cell(Integer.parseInt(words[1]), Integer.parseInt(words[2])),
          TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(words[3])),
          TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(words[4])));
    }
  }

  private void sample(int port, Cell cell, long settleNanos, long sampleNanos) throws IOException {
    ByteBuffer payload = AlignedBuffers.allocate(cell.bytes());
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < cell.connections(); i++) {
        connections.add(LoadConnection.open(selector, port, payload, scratch));
      }
      long settling = System.nanoTime();
      for (LoadConnection connection : connections) {
        connection.ask();
      }
      serve(selector, settling + settleNanos);
      long before = answered();
      System.out.println("begin");
      long begin = System.nanoTime();
      serve(selector, begin + sampleNanos);
      long nanos = System.nanoTime() - begin;
      System.out.println("end " + (answered() - before) + " " + nanos);
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
