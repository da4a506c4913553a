package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
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
 * Compares servers. All of them run at the same time, and in each round each server is measured
 * once, in random order, so that other load on the machine affects all of them.
 */
public final class Comparison implements AutoCloseable {

  private static final int SETTLE_MILLIS = 100;
  private static final int TRACED_MILLIS = 2_000;

  private final Contest contest;
  private final Options options;
  private final Load load;
  private final List<Running> servers = new ArrayList<>();
  private final Random random = new Random(42);

  /** A running contestant. */
  private record Running(String name, ServerProcess process) {}

  private Comparison(Contest contest, Options options, Load load) {
    this.contest = contest;
    this.options = options;
    this.load = load;
  }

  /** Runs a benchmark and prints its results. */
  public static void run(Contest contest, String[] arguments)
      throws IOException, InterruptedException {
    Options options = Options.parse(contest, arguments);
    // One processor for the servers, which work one at a time, and one for their clients.
    boolean pinned = options.pin() && Runtime.getRuntime().availableProcessors() > 1;
    OptionalInt forServers = pinned ? OptionalInt.of(0) : OptionalInt.empty();
    OptionalInt forLoad = pinned ? OptionalInt.of(1) : OptionalInt.empty();
    try (Comparison comparison =
        new Comparison(contest, options, Load.start(contest.load(), forLoad))) {
      comparison.startServers(forServers);
      comparison.run();
    }
  }

  private void startServers(OptionalInt processor) throws IOException {
    for (Contestant contestant : contest.named(options.contestants())) {
      try {
        servers.add(new Running(contestant.name(), contestant.starter().start(processor)));
      } catch (IOException unavailable) {
        System.out.println(contestant + " does not take part: " + unavailable.getMessage());
      }
    }
    for (Running server : servers) {
      try {
        contest.check().check(server.process().port());
      } catch (IOException wrong) {
        throw new IOException("cannot measure " + server.name() + ": its replies are wrong", wrong);
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    String machine = LocalDate.now(ZoneOffset.UTC) + ", " + Machine.describe();
    System.out.println(machine);
    System.out.println("Baseline: " + contest.baseline());
    Summary summary = new Summary(names());
    for (Cell cell : options.cells()) {
      Results results = measure(cell);
      System.out.println(results.table(cell));
      System.out.println(results.noise());
      summary.add(cell, results);
    }
    System.out.println(summary.table());
    if (options.samples().isPresent()) {
      Files.writeString(options.samples().get(), "# " + machine + "\n" + summary.samples());
    }
    if (options.syscalls()) {
      countSyscalls();
    }
  }

  private Results measure(Cell cell) throws IOException {
    for (Running server : servers) {
      load.sample(server.process(), cell, options.warmUpMillis(), 1);
    }
    List<Running> order = new ArrayList<>(servers);
    Results results = new Results(names(), contest.baseline());
    for (int round = 0; round < options.rounds(); round++) {
      Collections.shuffle(order, random);
      for (Running server : order) {
        results
            .of(server.name())
            .add(load.sample(server.process(), cell, SETTLE_MILLIS, options.sampleMillis()));
      }
    }
    return results;
  }

  private List<String> names() {
    return servers.stream().map(Running::name).toList();
  }

  private void countSyscalls() throws IOException, InterruptedException {
    Optional<Path> strace = Tools.find("strace");
    if (strace.isEmpty()) {
      System.out.println("\nSystem calls are not counted: strace is not on the path.");
      return;
    }
    SyscallCount count = new SyscallCount(strace.get());
    System.out.println(
        "\n### System calls per request\n\n| server | cell | calls |\n|---|---|---|");
    for (Cell cell : options.cells()) {
      for (Running server : servers) {
        System.out.printf(
            "| %s | %s | %s |%n",
            server.name(), cell, count.perRequest(load, server.process(), cell, TRACED_MILLIS));
      }
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.process().close());
    load.close();
  }
}
