package org.asyncio4j.tck.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.NanoClock;
import org.asyncio4j.tck.kit.TckSettings;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a rule: the loop under test, and everything that is cleaned up after it.
 *
 * <p>A rule runs on its own platform thread and drives the loop from there: {@link #tick()}, {@link
 * #run(Callable)}, or {@link #start()} for a loop that runs in the background. Reports to the
 * loop's exception handler are collected; one that the rule does not {@linkplain
 * #takeReport(String) take} fails it.
 */
public final class LoopFixture implements AutoCloseable {

  private final EventLoopProvider provider;
  private final LoopContext context;
  private final TckSettings settings;
  private final List<EventLoop> opened = new CopyOnWriteArrayList<>();
  private final List<BackgroundLoop> started = new ArrayList<>();
  private final Queue<AutoCloseable> resources = new ConcurrentLinkedQueue<>();
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final Queue<ErrorReport> reports = new ConcurrentLinkedQueue<>();
  private final Detour detour;
  private final Network network;
  private @Nullable EventLoop first;

  /**
   * Creates a fixture that has opened no loop yet.
   *
   * @param provider the provider of the loop
   * @param context what the loop is opened with
   * @param settings how long to wait
   */
  public LoopFixture(EventLoopProvider provider, LoopContext context, TckSettings settings) {
    this.provider = provider;
    this.context = context;
    this.settings = settings;
    this.detour = closing(new Detour(settings.faults()));
    this.network = new Network(this, settings);
  }

  /** The path between the loop and its peers. */
  Detour detour() {
    return detour;
  }

  /** {@return the faults that were applied to the rule's connections, for messages} */
  public List<String> faults() {
    return detour.log();
  }

  /** {@return the provider of the loop} */
  public EventLoopProvider provider() {
    return provider;
  }

  /** {@return what the loop is opened with: the engine, debug mode} */
  public LoopContext context() {
    return context;
  }

  /** {@return how long to wait for what must happen} */
  public Patience patience() {
    return new Patience(settings);
  }

  /** {@return the loop in the background, and peers of it on the loopback} */
  public Network network() {
    return network;
  }

  /**
   * Registers a resource to be closed after the loops, in any case.
   *
   * @param resource a socket, for instance; closing it twice must be harmless
   * @param <C> its type
   * @return the resource
   */
  public <C extends AutoCloseable> C closing(C resource) {
    resources.add(resource);
    return resource;
  }

  /** {@return the loop under test, which the first call opens} */
  public EventLoop loop() {
    EventLoop loop = first;
    if (loop == null) {
      loop = openLoop(context);
      first = loop;
    }
    return loop;
  }

  /**
   * Sets the clock of the loop under test. Must be called before {@link #loop()}.
   *
   * @param clock the clock
   * @return the loop
   */
  public EventLoop loopWith(NanoClock clock) {
    EventLoop loop = openLoop(context.withClock(clock));
    first = loop;
    return loop;
  }

  /**
   * Opens a loop with another context. The fixture closes it.
   *
   * @param with what the loop is opened with
   * @return the loop
   */
  public EventLoop openLoop(LoopContext with) {
    return openLoop(provider, with);
  }

  /**
   * Opens a reference loop to compare with: the one of the provider {@code nio}. The fixture closes
   * it.
   *
   * @return the loop
   * @throws NotApplicableException if it is not available
   */
  public EventLoop openReferenceLoop() {
    EventLoopProvider reference =
        ServiceLoader.load(EventLoopProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("nio"))
            .findFirst()
            .orElseThrow(() -> notApplicable("the reference loop, nio, is not on the path"));
    return openLoop(reference, context);
  }

  private EventLoop openLoop(EventLoopProvider from, LoopContext with) {
    return adopt(from.open(with));
  }

  private EventLoop adopt(EventLoop loop) {
    loop.setExceptionHandler((_, report) -> reports.add(report));
    opened.add(loop);
    return loop;
  }

  /** {@return another loop of the same kind} The fixture closes it. */
  public EventLoop openLoop() {
    return openLoop(context);
  }

  /**
   * Runs a body in a task of the loop until that is done.
   *
   * @param body the body
   * @param <T> the type of its result
   * @return its result; an exception is thrown unwrapped
   */
  public <T extends @Nullable Object> T run(Callable<T> body) {
    EventLoop loop = loop();
    return loop.runUntilComplete(loop.createTask(body));
  }

  /**
   * Runs a body without a result in a task of the loop until that is done.
   *
   * @param body the body
   */
  public void runTask(ThrowingRunnable<? extends Exception> body) {
    run(() -> {
      body.run();
      return true;
    });
  }

  /** Runs the loop for one tick: exactly what is scheduled now. */
  public void tick() {
    EventLoop loop = loop();
    loop.callSoon(loop::stop);
    loop.runForever();
  }

  /**
   * Runs code in a callback of the loop.
   *
   * @param body the code; an exception that it throws is thrown here
   */
  public void runCallback(ThrowingRunnable<? extends Exception> body) {
    Promise<Boolean> done = loop().createFuture();
    loop()
        .callSoon(() -> {
          try {
            body.run();
            done.setResult(true);
          } catch (Throwable thrown) {
            done.setException(thrown);
          }
        });
    tick();
    Expect.that("a callback must run in the next tick", done.isDone());
    boolean ignored = done.result();
  }

  /**
   * Runs the loop tick by tick until a task is done, within a time limit.
   *
   * @param what names what is waited for
   * @param task the task
   */
  public void tickUntilDone(String what, Task<?> task) {
    for (int ticks = 0; ticks < 100 && !task.isDone(); ticks++) {
      tick();
    }
    Expect.that(what + " must be done after a few ticks", task.isDone());
  }

  /** {@return the loop, running in the background} The fixture stops it. */
  public BackgroundLoop start() {
    return start(loop());
  }

  /**
   * Runs a loop in the background.
   *
   * @param loop one of this fixture's loops
   * @return the loop, running; the fixture stops it
   */
  public BackgroundLoop start(EventLoop loop) {
    BackgroundLoop background = BackgroundLoop.start(loop, settings);
    started.add(background);
    return background;
  }

  /**
   * Expects a report to have reached the exception handler, and takes the oldest.
   *
   * @param what names what must be reported, for instance {@code a callback that throws}
   * @return the report
   */
  public ErrorReport takeReport(String what) {
    ErrorReport report = reports.poll();
    if (report == null) {
      throw new RuleViolation(
          what + " must be reported to the exception handler, but nothing was reported");
    }
    return report;
  }

  /** {@return the oldest report that reached the exception handler, if any} */
  public Optional<ErrorReport> pollReport() {
    return Optional.ofNullable(reports.poll());
  }

  /**
   * Ends the rule with the verdict that it does not apply.
   *
   * @param reason why, in a few words
   * @return never; for {@code throw fixture.notApplicable(...)}
   */
  public NotApplicableException notApplicable(String reason) {
    return new NotApplicableException(reason);
  }

  /** {@return how long to wait, for probes that wait by themselves} */
  public TckSettings settings() {
    return settings;
  }

  /**
   * Registers an action for the end, when the loops are stopped but not closed yet.
   *
   * @param ending closes what a rule or a probe has opened
   */
  public void onClose(Runnable ending) {
    endings.add(ending);
  }

  /** Stops all loops, and ends all connections at the peers' side. */
  void hangUp() {
    List<RuleViolation> violations = new ArrayList<>();
    started.forEach(background -> attempt(background::close, violations));
    resources.forEach(LoopFixture::closeQuietly);
    if (!violations.isEmpty()) {
      throw violations.getFirst();
    }
  }

  /** {@return the rule's loops that are not closed} */
  List<EventLoop> openLoops() {
    return opened.stream().filter(loop -> !loop.isClosed()).toList();
  }

  /** Stops and closes all loops, and expects that nothing is left: no task, no report. */
  @Override
  public void close() {
    List<RuleViolation> violations = new ArrayList<>();
    started.forEach(background -> attempt(background::close, violations));
    endings.forEach(ending -> attempt(ending, violations));
    opened.forEach(loop -> attempt(() -> closeEmpty(loop), violations));
    resources.forEach(LoopFixture::closeQuietly);
    ErrorReport report = reports.poll();
    if (report != null) {
      violations.add(unexpected(report));
    }
    if (!violations.isEmpty()) {
      throw violations.getFirst();
    }
  }

  /**
   * Does the same, but passes the loop under test on, so that the next round finds it used.
   *
   * @param next the fixture of that round
   */
  public void closeInto(LoopFixture next) {
    Optional<EventLoop> kept =
        Optional.ofNullable(first).filter(loop -> opened.remove(loop) && !loop.isClosed());
    kept.ifPresent(loop -> next.first = next.adopt(loop)); // which closes it, whatever happens
    close();
    kept.ifPresent(
        loop -> Expect.equal("the tasks that a rule leaves behind", Set.of(), loop.allTasks()));
  }

  /** {@return the loops' tasks that are not done, for a dump} May be called from any thread. */
  public List<Task<?>> tasks() {
    return opened.stream().<Task<?>>flatMap(loop -> loop.allTasks().stream()).toList();
  }

  /** Asks a loop that hangs to stop, and cancels its tasks, although that may not help. */
  public void abandon() {
    for (EventLoop loop : opened) {
      try {
        loop.callSoonThreadsafe(() -> {
          loop.allTasks().forEach(Task::cancel);
          loop.stop();
        });
      } catch (RuntimeException | Error closed) {
        // There is no loop left to ask.
      }
    }
  }

  private static void attempt(Runnable action, List<RuleViolation> violations) {
    try {
      action.run();
    } catch (RuleViolation violation) {
      violations.add(violation);
    } catch (RuntimeException | Error thrown) {
      violations.add(new RuleViolation("closing a loop must succeed but threw " + thrown, thrown));
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception ignored) {
      // The rule has already reported its outcome.
    }
  }

  private static void closeEmpty(EventLoop loop) {
    Set<Task<?>> left = loop.allTasks();
    loop.close();
    Expect.equal("the tasks that a rule leaves behind", Set.of(), left);
  }

  private static RuleViolation unexpected(ErrorReport report) {
    Throwable cause = report.exception().orElse(null);
    if (cause instanceof RuleViolation violation) {
      return violation;
    }
    return new RuleViolation(
        "nothing must be reported to the exception handler but this was: %s (%s)"
            .formatted(report.message(), cause),
        cause);
  }
}
