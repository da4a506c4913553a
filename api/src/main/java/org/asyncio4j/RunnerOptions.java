package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.CoroutineEngine;
import org.asyncio4j.core.EventLoop;
import org.jspecify.annotations.Nullable;

/** The options of a {@link Runner}: the arguments of {@code asyncio.Runner}. */
public final class RunnerOptions {

  private static final RunnerOptions DEFAULTS =
      new RunnerOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          true,
          Duration.ofSeconds(8));

  private final Optional<Supplier<? extends EventLoop>> loopFactory;
  private final Optional<String> loop;
  private final Optional<CoroutineEngine> coroutines;
  private final Optional<Boolean> debug;
  private final boolean cancelOnInterrupt;
  private final boolean cancelOnTermination;
  private final Duration terminationLimit;

  private RunnerOptions(
      Optional<Supplier<? extends EventLoop>> loopFactory,
      Optional<String> loop,
      Optional<CoroutineEngine> coroutines,
      Optional<Boolean> debug,
      boolean cancelOnInterrupt,
      boolean cancelOnTermination,
      Duration terminationLimit) {
    requireNonNull(loopFactory, "loopFactory");
    requireNonNull(debug, "debug");
    if (!requireNonNull(terminationLimit, "terminationLimit").isPositive()) {
      throw new IllegalArgumentException(
          "terminationLimit must be positive: %s; use withCancelOnTermination(false) to end at once"
              .formatted(terminationLimit));
    }
    this.loopFactory = loopFactory;
    this.loop = loop;
    this.coroutines = coroutines;
    this.debug = debug;
    this.cancelOnInterrupt = cancelOnInterrupt;
    this.cancelOnTermination = cancelOnTermination;
    this.terminationLimit = terminationLimit;
  }

  /**
   * {@return the defaults: the best available loop, no debug mode unless a property enables it,
   * Ctrl-C and SIGTERM cancel}
   */
  public static RunnerOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these options with a loop of the given provider.
   *
   * @param name the provider's name, for instance {@code nio}
   * @return the options
   */
  public RunnerOptions withLoop(String name) {
    return new RunnerOptions(
        Optional.empty(),
        Optional.of(requireNonNull(name, "name")),
        coroutines,
        debug,
        cancelOnInterrupt,
        cancelOnTermination,
        terminationLimit);
  }

  /**
   * Returns these options with the given engine for the bodies of tasks. A loop from a {@linkplain
   * #withLoopFactory factory} has the engine that the factory chose.
   *
   * @param engine runs the bodies of tasks; the runner throws {@link IllegalStateException} when it
   *     opens its loop if the engine is not available
   * @return the options
   */
  public RunnerOptions withCoroutines(CoroutineEngine engine) {
    return new RunnerOptions(
        loopFactory,
        loop,
        Optional.of(requireNonNull(engine, "engine")),
        debug,
        cancelOnInterrupt,
        cancelOnTermination,
        terminationLimit);
  }

  /**
   * Returns these options with the given factory of the loop.
   *
   * @param factory opens a loop, which the runner closes
   * @return the options
   */
  public RunnerOptions withLoopFactory(Supplier<? extends EventLoop> factory) {
    return new RunnerOptions(
        Optional.of(requireNonNull(factory, "factory")),
        Optional.empty(),
        coroutines,
        debug,
        cancelOnInterrupt,
        cancelOnTermination,
        terminationLimit);
  }

  /**
   * Returns these options with debug mode on or off.
   *
   * @param changed whether the loop is in debug mode
   * @return the options
   */
  public RunnerOptions withDebug(boolean changed) {
    return new RunnerOptions(
        loopFactory,
        loop,
        coroutines,
        Optional.of(changed),
        cancelOnInterrupt,
        cancelOnTermination,
        terminationLimit);
  }

  /**
   * Returns these options with the given effect of Ctrl-C.
   *
   * @param changed whether it cancels the main task; otherwise it ends the program as usual
   * @return the options
   */
  public RunnerOptions withCancelOnInterrupt(boolean changed) {
    return new RunnerOptions(
        loopFactory, loop, coroutines, debug, changed, cancelOnTermination, terminationLimit);
  }

  /**
   * Returns these options with or without the cancellation of the main task by SIGTERM.
   *
   * @param changed whether SIGTERM cancels it; otherwise it ends the program at once
   * @return the options
   */
  public RunnerOptions withCancelOnTermination(boolean changed) {
    return new RunnerOptions(
        loopFactory, loop, coroutines, debug, cancelOnInterrupt, changed, terminationLimit);
  }

  /**
   * Returns these options with the given limit for the clean-up after SIGTERM.
   *
   * @param changed how long the thread that uses the runner may take to finish
   * @return the options
   * @throws IllegalArgumentException if the limit is not positive
   */
  public RunnerOptions withTerminationLimit(Duration changed) {
    return new RunnerOptions(
        loopFactory, loop, coroutines, debug, cancelOnInterrupt, cancelOnTermination, changed);
  }

  /** {@return the factory of the loop; empty if the runner opens the loop by name} */
  public Optional<Supplier<? extends EventLoop>> loopFactory() {
    return loopFactory;
  }

  /**
   * {@return the name of the loop's provider, if there is no factory; if absent, {@code
   * -Dasyncio4j.loop} or the best available loop is used}
   */
  public Optional<String> loop() {
    return loop;
  }

  /**
   * {@return the engine that runs the bodies of tasks; if absent, {@code -Dasyncio4j.coroutines} is
   * used}
   */
  public Optional<CoroutineEngine> coroutines() {
    return coroutines;
  }

  /** {@return whether the loop is in debug mode; if absent, {@code -Dasyncio4j.debug} is used} */
  public Optional<Boolean> debug() {
    return debug;
  }

  /** {@return whether Ctrl-C cancels the main task} */
  public boolean cancelOnInterrupt() {
    return cancelOnInterrupt;
  }

  /**
   * {@return whether SIGTERM cancels the main task; otherwise it ends the program at once, and
   * tasks are not cleaned up}
   */
  public boolean cancelOnTermination() {
    return cancelOnTermination;
  }

  /**
   * {@return how long the thread that uses the runner may take to finish after SIGTERM before the
   * program exits anyway; 8 seconds unless set} Docker kills a container after 10 seconds,
   * Kubernetes after 30, systemd after 90: the default leaves the shutdown hooks two seconds even
   * in Docker.
   */
  public Duration terminationLimit() {
    return terminationLimit;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RunnerOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "RunnerOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("loopFactory", loopFactory);
    components.put("loop", loop);
    components.put("coroutines", coroutines);
    components.put("debug", debug);
    components.put("cancelOnInterrupt", cancelOnInterrupt);
    components.put("cancelOnTermination", cancelOnTermination);
    components.put("terminationLimit", terminationLimit);
    return components;
  }
}
