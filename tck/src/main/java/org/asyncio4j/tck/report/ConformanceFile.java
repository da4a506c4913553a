package org.asyncio4j.tck.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.spec.Sha256;

/**
 * A run, as {@code conformance.json} holds it.
 *
 * @param format the version of this format
 * @param specification the fingerprint of the rules
 * @param kit the version of the kit
 * @param machine where the rules ran
 * @param options of the command line
 * @param time when the run ended, in ISO 8601
 * @param conclusion what the run has shown
 * @param loops the loops that were judged
 * @param results one for each rule and way to open a loop
 * @param notJudged what was asked for and not judged, and why
 * @param staleDeviations declared deviations from rules that the loop keeps
 * @param digest of everything else, to notice changes
 */
public record ConformanceFile(
    int format,
    String specification,
    String kit,
    Machine machine,
    List<String> options,
    String time,
    Conclusion conclusion,
    List<Loop> loops,
    List<Entry> results,
    List<String> notJudged,
    List<String> staleDeviations,
    String digest) {

  /** The version of the format that this kit writes and reads. */
  public static final int FORMAT = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * Where rules ran.
   *
   * @param jdk its version
   * @param vm its name
   * @param os name and version
   * @param architecture of the processors
   * @param processors how many
   * @param flags of the JVM
   */
  public record Machine(
      String jdk, String vm, String os, String architecture, int processors, List<String> flags) {

    static Machine here() {
      return new Machine(
          Runtime.version().toString(),
          System.getProperty("java.vm.name", "unknown"),
          System.getProperty("os.name") + " " + System.getProperty("os.version"),
          System.getProperty("os.arch", "unknown"),
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getRuntimeMXBean().getInputArguments());
    }
  }

  /**
   * A loop.
   *
   * @param name the name of its provider
   * @param version from its module or jar
   */
  public record Loop(String name, String version) {}

  /**
   * The outcome of a rule.
   *
   * @param loop the name of the loop
   * @param engine carrier or handoff
   * @param debug whether debug mode was on
   * @param used whether the rule had used the loop before
   * @param rule its number
   * @param verdict in lower case
   * @param seconds how long it ran
   * @param message what was seen
   */
  public record Entry(
      String loop,
      String engine,
      boolean debug,
      boolean used,
      String rule,
      String verdict,
      double seconds,
      String message) {

    static Entry of(RuleResult result) {
      Subject subject = result.subject();
      return new Entry(
          subject.provider().name(),
          subject.engine().name().toLowerCase(Locale.ROOT),
          subject.debug(),
          subject.used(),
          result.rule().id().toString(),
          result.verdict().words(),
          result.took().toMillis() / 1e3,
          result.message());
    }

    /** {@return what was judged, without the outcome} */
    String label() {
      return "%s, %s%s%s: %s"
          .formatted(loop, engine, debug ? ", debug" : "", used ? ", used" : "", rule);
    }
  }

  /** {@return this file with the digest of its content} */
  ConformanceFile sealed() {
    return withDigest(expectedDigest());
  }

  /** {@return whether nobody has changed the content since it was sealed} */
  boolean isIntact() {
    return digest.equals(expectedDigest());
  }

  private String expectedDigest() {
    return Sha256.of(GSON.toJson(withDigest("")));
  }

  private ConformanceFile withDigest(String changed) {
    return new ConformanceFile(
        format,
        specification,
        kit,
        machine,
        options,
        time,
        conclusion,
        loops,
        results,
        notJudged,
        staleDeviations,
        changed);
  }

  void writeTo(Path file) throws IOException {
    Files.writeString(file, GSON.toJson(this) + "\n");
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds something else
   */
  public static ConformanceFile read(Path file) throws IOException {
    try {
      ConformanceFile content = GSON.fromJson(Files.readString(file), ConformanceFile.class);
      if (content == null || content.results == null || content.digest == null) {
        throw new IllegalArgumentException(
            "cannot read %s: it is no conformance.json".formatted(file));
      }
      return content;
    } catch (JsonParseException malformed) {
      throw new IllegalArgumentException(
          "cannot read %s: it is no conformance.json: %s"
              .formatted(
                  file, String.valueOf(malformed.getMessage()).lines().findFirst().orElse("")),
          malformed);
    }
  }
}
