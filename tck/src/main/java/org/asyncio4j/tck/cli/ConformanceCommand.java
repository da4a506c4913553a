package org.asyncio4j.tck.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.process.IsolatedExaminer;
import org.asyncio4j.tck.process.WorkerCommand;
import org.asyncio4j.tck.report.ConformanceReport;
import org.asyncio4j.tck.report.KitVersion;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.Discovery;
import org.asyncio4j.tck.run.Examiner;
import org.asyncio4j.tck.run.LocalExaminer;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges loops by the rules of SPEC.md. */
@Command(
    name = "asyncio4j-tck",
    description = "Judges event loops by the rules of SPEC.md.",
    mixinStandardHelpOptions = true,
    versionProvider = ConformanceCommand.Version.class,
    sortOptions = false,
    subcommands = {VerifyCommand.class, ReportCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all loops keep all rules that were asked for",
      "1:a loop breaks a rule, or a declared deviation is out of date",
      "2:the arguments are invalid, or the environment is broken",
      "3:no rule is broken, but not everything that was asked for could be judged"
    })
public final class ConformanceCommand implements Callable<Integer> {

  private final Discovery found;
  private final PrintStream out;
  private final boolean terminal;

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description = "judge this loop; may be repeated; by default all that are found and available")
  private List<String> loops = new ArrayList<>();

  @Option(
      names = "--engine",
      paramLabel = "carrier|handoff",
      description = "use this coroutine engine only",
      converter = EngineName.class)
  private @Nullable CoroutineMode engine;

  @Option(
      names = "--rule",
      paramLabel = "N.M",
      description = "run this rule only; may be repeated",
      converter = RuleNumber.class)
  private List<RuleId> rules = new ArrayList<>();

  @Option(
      names = "--chapter",
      paramLabel = "N",
      description = "run this chapter only; may be repeated")
  private List<Integer> numbers = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "run each rule once: on one engine, and without debug mode")
  private boolean quick;

  @Option(
      names = "--shard",
      paramLabel = "N/COUNT",
      description = "run one of several equal parts of the rules",
      converter = ShardName.class)
  private @Nullable Shard shard;

  @Option(names = "--repeat", paramLabel = "N", description = "run everything N times")
  private int repetitions = 1;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "run the rules in a random order, which the seed determines")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      paramLabel = "SEED",
      description =
          "run the chapters with connections only, through relays that delay, split and coalesce"
              + " data")
  private @Nullable Long faults;

  @Option(
      names = "--destructive-faults",
      paramLabel = "SEED",
      description = "the same, with relays that also reset, half-close and refuse connections")
  private @Nullable Long destructiveFaults;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "rules that the loop is known to break, a line each: RULE | REASON | LINK")
  private @Nullable Path baseline;

  @Option(
      names = "--fail-fast",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "1",
      description = "end after N violations, by default after the first")
  private int failFast = Integer.MAX_VALUE;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "end after a time such as 90s, 30m or 2h; by default ${DEFAULT-VALUE}",
      defaultValue = "2h",
      converter = TimeLimitValue.class)
  private Duration timeLimit = Duration.ZERO;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "write conformance.md, .html and .json and TEST-conformance.xml to this directory")
  private @Nullable Path directory;

  @Option(names = "--list", description = "list the rules, and run none")
  private boolean list;

  @Option(
      names = "--in-process",
      description =
          "judge in this process, for debuggers; by default each loop has a process of its own")
  private boolean inProcess;

  /**
   * Creates a command.
   *
   * @param found the loops
   * @param out where the report goes
   * @param terminal whether somebody watches
   */
  public ConformanceCommand(Discovery found, PrintStream out, boolean terminal) {
    this.found = found;
    this.out = out;
    this.terminal = terminal;
  }

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TckSettings settings = settings();
    List<Chapter> chapters = Chapters.of(settings);
    Selection selection =
        new Selection(
            Set.copyOf(rules),
            Set.copyOf(numbers),
            Optional.ofNullable(shard),
            Optional.ofNullable(seed));
    List<RuleCase> selected = selection.from(chapters);
    if (list) {
      selected.forEach(rule -> out.println(rule.title()));
      return 0;
    }
    ConformanceReport report = judge(settings, chapters, selected);
    if (!selection.isEverything() || quick) {
      report.markAsPartial();
    }
    out.println(report.table());
    report.writeTo(settings.reportDirectory());
    out.println("report: " + settings.reportDirectory().toAbsolutePath());
    return report.conclusion().exitCode();
  }

  private ConformanceReport judge(
      TckSettings settings, List<Chapter> chapters, List<RuleCase> selected) throws IOException {
    RuleCatalog catalog = RuleCatalog.load();
    ConformanceReport report = new ConformanceReport(catalog);
    if (spec != null) {
      report.setOptions(spec.commandLine().getParseResult().originalArgs());
    }
    found.gaps().forEach(report::add);
    List<Deviation> deviations = baseline == null ? List.of() : Baseline.read(baseline);
    Map<EventLoopProvider, Map<Subject, List<RuleCase>>> plans = new LinkedHashMap<>();
    for (EventLoopProvider provider : providers(report)) {
      plans.put(provider, plan(provider, selected));
    }
    int total =
        plans.values().stream().flatMap(plan -> plan.values().stream()).mapToInt(List::size).sum();
    Progress progress = new Progress(out, terminal, total * repetitions);
    Session session =
        new Session(
            catalog, chapters, deviations, report, new Limits(timeLimit, failFast), progress);
    for (Map<Subject, List<RuleCase>> plan : plans.values()) {
      try (Examiner examiner = examiner(settings)) {
        session.judge(examiner, plan, repetitions);
      }
    }
    progress.clear();
    return report;
  }

  private Map<Subject, List<RuleCase>> plan(EventLoopProvider provider, List<RuleCase> selected) {
    Map<Subject, List<RuleCase>> plan = new LinkedHashMap<>();
    for (Subject subject : Subject.of(provider, engine())) {
      List<RuleCase> applying =
          selected.stream().filter(rule -> rule.chapter().appliesTo(subject)).toList();
      boolean more = subject.debug() || subject.used();
      boolean hasFaults = faults != null || destructiveFaults != null;
      if (!applying.isEmpty() && !(quick && more) && !(hasFaults && subject.used())) {
        plan.put(subject, applying);
      }
    }
    return plan;
  }

  private Optional<CoroutineMode> engine() {
    if (engine == null && quick) {
      return Optional.of(
          CoroutineMode.CARRIER.obstacle().isEmpty() || !inProcess
              ? CoroutineMode.CARRIER
              : CoroutineMode.HANDOFF);
    }
    return Optional.ofNullable(engine);
  }

  private List<EventLoopProvider> providers(ConformanceReport report) {
    if (found.loops().isEmpty() && found.gaps().isEmpty()) {
      throw new IllegalArgumentException(
          "cannot run the kit: no loop is on the module path or class path");
    }
    if (!loops.isEmpty()) {
      return loops.stream().map(this::named).toList();
    }
    List<EventLoopProvider> available = new ArrayList<>();
    for (EventLoopProvider provider : found.loops()) {
      Session.absence(provider)
          .ifPresentOrElse(
              reason ->
                  report.remark(
                      "%s: left out: not available: %s".formatted(provider.name(), reason)),
              () -> available.add(provider));
    }
    return available;
  }

  private EventLoopProvider named(String name) {
    return found.loops().stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "cannot judge the loop '%s': it must be one of %s"
                    .formatted(
                        name,
                        found.loops().stream()
                            .map(EventLoopProvider::name)
                            .sorted()
                            .collect(joining(", ")))));
  }

  private Examiner examiner(TckSettings settings) {
    return inProcess
        ? new LocalExaminer(settings)
        : new IsolatedExaminer(WorkerCommand.of(flags()), settings);
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (faults != null) {
      flags.add("-Dasyncio4j.tck.faults=" + faults);
    }
    if (destructiveFaults != null) {
      flags.add("-Dasyncio4j.tck.destructiveFaults=" + destructiveFaults);
    }
    return flags;
  }

  private TckSettings settings() {
    TckSettings settings = TckSettings.fromSystemProperties();
    if (directory != null) {
      settings = settings.withReportDirectory(directory);
    }
    if (faults != null) {
      settings = settings.withFaults(Faults.transparent(faults));
    }
    if (destructiveFaults != null) {
      settings = settings.withFaults(Faults.destructive(destructiveFaults));
    }
    return settings;
  }

  static final class EngineName implements ITypeConverter<CoroutineMode> {
    @Override
    public CoroutineMode convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "carrier" -> CoroutineMode.CARRIER;
        case "handoff" -> CoroutineMode.HANDOFF;
        default -> throw new IllegalArgumentException("an engine must be carrier or handoff");
      };
    }
  }

  static final class RuleNumber implements ITypeConverter<RuleId> {
    @Override
    public RuleId convert(String text) {
      return RuleId.of(text);
    }
  }

  static final class ShardName implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      return Shard.parse(text);
    }
  }

  static final class TimeLimitValue implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return TimeLimit.parse(text);
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "asyncio4j-tck " + KitVersion.get(),
        "rules " + RuleCatalog.load().fingerprint(),
        "JDK " + Runtime.version()
      };
    }
  }
}
