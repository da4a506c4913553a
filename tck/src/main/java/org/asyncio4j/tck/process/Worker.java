package org.asyncio4j.tck.process;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.process.Request.Way;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Discovery;
import org.asyncio4j.tck.run.LocalExaminer;
import org.asyncio4j.tck.run.Readiness;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.Subject;

/** The process in which loops are judged: answers one request after the other. */
public final class Worker {

  private final LocalExaminer examiner = new LocalExaminer(TckSettings.fromSystemProperties());
  private final Map<String, EventLoopProvider> loops;
  private final Map<RuleId, RuleCase> rules =
      Chapters.all().stream()
          .flatMap(chapter -> chapter.rules().stream())
          .collect(Collectors.toMap(RuleCase::id, Function.identity()));

  private Worker() {
    this.loops =
        Discovery.run().loops().stream()
            .collect(Collectors.toMap(EventLoopProvider::name, Function.identity(), (a, _) -> a));
  }

  /**
   * Answers the requests of the standard input on the standard output. What loops print goes to the
   * standard error.
   *
   * @param args none
   * @throws IOException if the other process is gone
   */
  public static void main(String[] args) throws IOException {
    DataOutputStream replies = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err);
    Worker worker = new Worker();
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      worker.answer(Request.parse(line)).writeTo(replies);
    }
    Runtime.getRuntime().halt(0); // what a loop left behind must not keep this process
  }

  private Reply answer(Request request) {
    return switch (request) {
      case Request.Prepare(Way way) ->
          Reply.of(
              subject(way)
                  .map(examiner::readiness)
                  .orElse(new Readiness.Absent("its own process does not find it")));
      case Request.Judge(RuleId rule, Way way) ->
          Reply.of(examiner.examine(requireNonNull(rules.get(rule)), subject(way).orElseThrow()));
    };
  }

  private Optional<Subject> subject(Way way) {
    return Optional.ofNullable(loops.get(way.loop()))
        .map(provider -> new Subject(provider, way.engine(), way.debug(), way.used()));
  }
}
