package org.asyncio4j.benchmarks.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts the system calls of a server with strace, which slows the server but does not change the
 * calls.
 */
final class SyscallCount {

  // % time     seconds  usecs/call     calls    errors syscall
  private static final Pattern LINE =
      Pattern.compile("^ *[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+) +(?:[0-9]+ +)?(?!total)([a-z_0-9]+)$");
  private static final double NEGLIGIBLE = 0.005;

  private final Path strace;

  SyscallCount(Path strace) {
    this.strace = strace;
  }

  /** Returns, for instance, {@code read 1.00, write 1.00, epoll_wait 0.02}. */
  String perRequest(Load load, ServerProcess server, Cell cell, int millis)
      throws IOException, InterruptedException {
    Process tracer =
        new ProcessBuilder(strace.toString(), "-c", "-f", "-qq", "-p", Long.toString(server.pid()))
            .redirectErrorStream(true)
            .start();
    TimeUnit.SECONDS.sleep(1); // strace does not report when it has attached to all threads
    long requests = load.sample(server, cell, 0, millis).requests();
    // strace detaches and reports; a plain kill would lose the report.
    new ProcessBuilder("kill", "-INT", Long.toString(tracer.pid())).start().waitFor();
    List<String> report = tracer.inputReader(UTF_8).lines().toList();
    tracer.waitFor();
    return report.stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .filter(call -> Long.parseLong(call.group(1)) > NEGLIGIBLE * requests)
        .map(call ->
            "%s %.2f"
                .formatted(
                    call.group(2), Double.parseDouble(call.group(1)) / Math.max(requests, 1)))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
