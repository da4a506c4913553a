package org.asyncio4j.tck.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.asyncio4j.tck.run.RuleResult;

/** Shows on a terminal how far a run is; says nothing in a pipe but what goes wrong. */
final class Progress {

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int total;
  private final long start = System.nanoTime();
  private int done;
  private int violations;

  Progress(PrintStream out, boolean terminal, int total) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
  }

  void show(RuleResult result) {
    done++;
    if (result.verdict().isViolation()) {
      violations++;
      clear();
      out.printf(
          "%s: %s [%s]%n",
          result.verdict().words(), result.rule().title(), result.subject().label());
    }
    if (terminal) {
      out.print(
          CLEAR_LINE
              + "%d of %d, %d violations, about %s left"
                  .formatted(done, total, violations, words(left())));
      out.flush();
    }
  }

  /** Removes the line, before other output. */
  void clear() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  private Duration left() {
    return Duration.ofNanos(System.nanoTime() - start).multipliedBy(total - done).dividedBy(done);
  }

  private static String words(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
