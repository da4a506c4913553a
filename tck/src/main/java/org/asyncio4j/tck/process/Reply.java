package org.asyncio4j.tck.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.asyncio4j.tck.run.Readiness;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;

/**
 * What a worker answers.
 *
 * @param outcome a verdict, or what the loop is ready for
 * @param text the message or the reason
 * @param took how long the rule ran
 */
record Reply(String outcome, String text, Duration took) {

  static Reply of(RuleResult result) {
    return new Reply(result.verdict().name(), result.message(), result.took());
  }

  static Reply of(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready() -> new Reply("READY", "", Duration.ZERO);
      case Readiness.Absent(String reason) -> new Reply("ABSENT", reason, Duration.ZERO);
      case Readiness.Unopenable(String reason) -> new Reply("UNOPENABLE", reason, Duration.ZERO);
    };
  }

  Verdict verdict() {
    return Verdict.valueOf(outcome);
  }

  Readiness readiness() {
    return switch (outcome) {
      case "READY" -> new Readiness.Ready();
      case "ABSENT" -> new Readiness.Absent(text);
      default -> new Readiness.Unopenable(text);
    };
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(outcome);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.writeLong(took.toNanos());
    out.flush();
  }

  static Reply readFrom(DataInputStream in) throws IOException {
    String outcome = in.readUTF();
    byte[] bytes = in.readNBytes(in.readInt());
    return new Reply(
        outcome, new String(bytes, StandardCharsets.UTF_8), Duration.ofNanos(in.readLong()));
  }
}
