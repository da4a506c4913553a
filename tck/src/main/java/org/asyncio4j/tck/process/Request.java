package org.asyncio4j.tck.process;

import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.Subject;

/** What a worker is asked, one line each. */
sealed interface Request {

  /** Whether the loop can be judged. */
  record Prepare(Way way) implements Request {}

  /** How the loop keeps a rule. */
  record Judge(RuleId rule, Way way) implements Request {}

  /** A loop in one of the ways it can be opened. The name comes last: it may contain blanks. */
  record Way(CoroutineMode engine, boolean debug, boolean used, String loop) {

    static Way of(Subject subject) {
      return new Way(subject.engine(), subject.debug(), subject.used(), subject.provider().name());
    }

    static Way parse(String text) {
      String[] words = text.split(" ", 4);
      return new Way(
          CoroutineMode.valueOf(words[0]),
          Boolean.parseBoolean(words[1]),
          Boolean.parseBoolean(words[2]),
          words[3]);
    }

    @Override
    public String toString() {
      return "%s %s %s %s".formatted(engine, debug, used, loop);
    }
  }

  static Request prepare(Subject subject) {
    return new Prepare(Way.of(subject));
  }

  static Request judge(RuleCase rule, Subject subject) {
    return new Judge(rule.id(), Way.of(subject));
  }

  default String line() {
    return switch (this) {
      case Prepare(Way way) -> "prepare " + way;
      case Judge(RuleId rule, Way way) -> "judge %s %s".formatted(rule, way);
    };
  }

  static Request parse(String line) {
    String[] words = line.split(" ", 3);
    return switch (words[0]) {
      case "prepare" -> new Prepare(Way.parse(line.substring("prepare ".length())));
      case "judge" -> new Judge(RuleId.of(words[1]), Way.parse(words[2]));
      default -> throw new IllegalArgumentException("cannot read a request: " + line);
    };
  }
}
