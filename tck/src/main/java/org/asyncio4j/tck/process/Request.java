package org.asyncio4j.tck.process;

import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.Subject;

/** What a worker is asked, one line each. */
sealed interface Request {

  /** Whether the loop can be judged. */
  record Prepare(String loop, CoroutineMode engine, boolean debug) implements Request {}

  /** How the loop keeps a rule. */
  record Judge(String loop, CoroutineMode engine, boolean debug, RuleId rule) implements Request {}

  static Request prepare(Subject subject) {
    return new Prepare(subject.provider().name(), subject.engine(), subject.debug());
  }

  static Request judge(RuleCase rule, Subject subject) {
    return new Judge(subject.provider().name(), subject.engine(), subject.debug(), rule.id());
  }

  /** The name of the loop comes last, because nobody knows what is in it. */
  default String line() {
    return switch (this) {
      case Prepare(String loop, CoroutineMode engine, boolean debug) ->
          "prepare %s %s %s".formatted(engine, debug, loop);
      case Judge(String loop, CoroutineMode engine, boolean debug, RuleId rule) ->
          "judge %s %s %s %s".formatted(rule, engine, debug, loop);
    };
  }

  static Request parse(String line) {
    String[] words = line.split(" ", 2);
    return switch (words[0]) {
      case "prepare" -> {
        String[] rest = words[1].split(" ", 3);
        yield new Prepare(rest[2], CoroutineMode.valueOf(rest[0]), Boolean.parseBoolean(rest[1]));
      }
      case "judge" -> {
        String[] rest = words[1].split(" ", 4);
        yield new Judge(
            rest[3],
            CoroutineMode.valueOf(rest[1]),
            Boolean.parseBoolean(rest[2]),
            RuleId.of(rest[0]));
      }
      default -> throw new IllegalArgumentException("cannot read a request: " + line);
    };
  }
}
