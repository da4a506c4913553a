package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Compares echo servers: all of them live at once, and in each round each is measured once, in
 * random order, so that whatever the machine does meanwhile hits all alike.
 */
public final class EchoComparison implements AutoCloseable {

  private static final int SETTLE_MILLIS = 100;
  private static final int TRACED_MILLIS = 2_000;

  private final EchoOptions options;
  private final Load load;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Random random = new Random(42);

  private EchoComparison(EchoOptions options, Load load) {
    this.options = options;
    this.load = load;
  }

  /** The program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EchoOptions options = EchoOptions.parse(arguments);
    // A processor for the servers, of which one at a time works, and one for their clients.
    boolean pinned = Runtime.getRuntime().availableProcessors() > 1;
    OptionalInt forServers = pinned ? OptionalInt.of(0) : OptionalInt.empty();
    OptionalInt forLoad = pinned ? OptionalInt.of(1) : OptionalInt.empty();
    try (EchoComparison comparison = new EchoComparison(options, Load.start(forLoad))) {
      comparison.startServers(forServers);
      comparison.run();
    }
  }

  private void startServers(OptionalInt processor) {
    for (Contestant contestant : options.contestants()) {
      try {
        servers.add(ServerProcess.start(contestant, processor));
      } catch (IOException unavailable) {
        System.out.println(contestant + " does not take part: " + unavailable.getMessage());
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    System.out.printf(
        "%s, %s %s, %d processors, %s%n",
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
    System.out.println("Baseline: " + Contestant.BASELINE);
    for (Cell cell : options.cells()) {
      Results results = measure(cell);
      System.out.println(results.table(cell));
      System.out.println(results.noise());
    }
    if (options.syscalls()) {
      countSyscalls();
    }
  }

  private Results measure(Cell cell) throws IOException {
    for (ServerProcess server : servers) {
      load.sample(server, cell, options.warmUpMillis(), 1);
    }
    Results results = new Results();
    for (int round = 0; round < options.rounds(); round++) {
      List<ServerProcess> order = new ArrayList<>(servers);
      Collections.shuffle(order, random);
      for (ServerProcess server : order) {
        results.add(
            server.contestant(), load.sample(server, cell, SETTLE_MILLIS, options.sampleMillis()));
      }
    }
    return results;
  }

  private void countSyscalls() throws IOException, InterruptedException {
    Optional<Path> strace = Tools.find("strace");
    if (strace.isEmpty()) {
      System.out.println("\nNo strace on the path, so system calls are not counted.");
      return;
    }
    SyscallCount count = new SyscallCount(strace.get());
    System.out.println(
        "\n### System calls per request\n\n| server | cell | calls |\n|---|---|---|");
    for (Cell cell : options.cells()) {
      for (ServerProcess server : servers) {
        System.out.printf(
            "| %s | %s | %s |%n",
            server.contestant(), cell, count.perRequest(load, server, cell, TRACED_MILLIS));
      }
    }
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
    load.close();
  }
}
