package org.asyncio4j.tck.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.process.WorkerProcess.Answer;
import org.asyncio4j.tck.run.Examiner;
import org.asyncio4j.tck.run.Readiness;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules in another process. If that process crashes, exits or does not answer, the rule that
 * ran gets the verdict, and the next rule gets a new process.
 */
public final class IsolatedExaminer implements Examiner {

  // The worker itself has a limit for each rule, and looks twice with more patience.
  private static final int WORKER_LIMITS = 12;

  private final List<String> command;
  private final Duration limit;
  private @Nullable WorkerProcess worker;

  /**
   * Creates an examiner without a process.
   *
   * @param command starts a {@link Worker}
   * @param settings the limits of the worker
   */
  public IsolatedExaminer(List<String> command, TckSettings settings) {
    this.command = List.copyOf(command);
    this.limit = settings.ruleLimit().plus(settings.leakLimit()).multipliedBy(WORKER_LIMITS);
  }

  @Override
  public Readiness readiness(Subject subject) {
    return switch (ask(Request.prepare(subject))) {
      case Answer.Given(Reply reply) -> reply.readiness();
      case Answer.Ended(String how) -> new Readiness.Unopenable(how);
      case Answer.Silence() -> new Readiness.Unopenable("its process does not answer");
    };
  }

  @Override
  public RuleResult examine(RuleCase rule, Subject subject) {
    if (worker == null) {
      Readiness ignored = readiness(subject); // a new process opens much only once
    }
    long start = System.nanoTime();
    Answer answer = ask(Request.judge(rule, subject));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return switch (answer) {
      case Answer.Given(Reply reply) ->
          result(rule, subject, reply.verdict(), reply.text(), reply.took());
      case Answer.Ended(String how) ->
          result(rule, subject, Verdict.CRASHED, "rule %s: %s".formatted(rule.id(), how), took);
      case Answer.Silence() ->
          result(
              rule,
              subject,
              Verdict.HANG,
              "rule %s: the process of the loop did not answer within %s"
                  .formatted(rule.id(), limit),
              took);
    };
  }

  private Answer ask(Request request) {
    try {
      WorkerProcess asked = worker == null ? WorkerProcess.start(command) : worker;
      worker = asked;
      Answer answer = asked.ask(request, limit);
      boolean usable =
          answer instanceof Answer.Given(Reply reply)
              && !reply.outcome().equals(Verdict.HANG.name());
      if (!usable) {
        close(); // a thread of the rule may still run there
      }
      return answer;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start a process for the loop: " + command, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for the process of a loop was interrupted");
    }
  }

  private static RuleResult result(
      RuleCase rule, Subject subject, Verdict verdict, String message, Duration took) {
    return new RuleResult(rule, subject, verdict, message, Optional.empty(), took);
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }
}
