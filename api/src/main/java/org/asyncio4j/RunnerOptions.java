package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;

/**
 * How a {@link Runner} gets its loop: the arguments of {@code asyncio.Runner}.
 *
 * @param loopFactory opens the loop; the one named by {@code -Dasyncio4j.loop}, or the best
 *     available, if absent
 * @param debug whether the loop is in debug mode; as {@code -Dasyncio4j.debug} says if absent
 * @param cancelOnInterrupt whether Ctrl-C cancels the main task
 * @param cancelOnTermination whether SIGTERM cancels the main task; otherwise it ends the program
 *     at once, without any clean-up of tasks
 * @param terminationLimit how long the thread that uses the runner may take to finish after
 *     SIGTERM, before the program is ended all the same; 8 seconds unless set. Docker kills a
 *     container after 10 seconds, Kubernetes after 30, systemd after 90: the default leaves the
 *     shutdown hooks two seconds even in Docker
 */
public record RunnerOptions(
    Optional<Supplier<EventLoop>> loopFactory,
    Optional<Boolean> debug,
    boolean cancelOnInterrupt,
    boolean cancelOnTermination,
    Duration terminationLimit) {

  private static final RunnerOptions DEFAULTS =
      new RunnerOptions(Optional.empty(), Optional.empty(), true, true, Duration.ofSeconds(8));

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  public RunnerOptions {
    requireNonNull(loopFactory, "loopFactory");
    requireNonNull(debug, "debug");
    if (!requireNonNull(terminationLimit, "terminationLimit").isPositive()) {
      throw new IllegalArgumentException(
          "terminationLimit must be positive: %s; use withCancelOnTermination(false) to end at once"
              .formatted(terminationLimit));
    }
  }

  /** {@return any loop, no debug mode unless a property asks for it, Ctrl-C and SIGTERM cancel} */
  public static RunnerOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these options with a loop of a given provider.
   *
   * @param name the provider's name, for instance {@code nio}
   * @return the options
   */
  public RunnerOptions withLoop(String name) {
    requireNonNull(name, "name");
    return withLoopFactory(() -> Asyncio.newEventLoop(name));
  }

  /**
   * Returns these options with somebody who opens the loop.
   *
   * @param factory opens a loop that the runner will close
   * @return the options
   */
  public RunnerOptions withLoopFactory(Supplier<EventLoop> factory) {
    return new RunnerOptions(
        Optional.of(requireNonNull(factory, "factory")),
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
        Optional.of(changed),
        cancelOnInterrupt,
        cancelOnTermination,
        terminationLimit);
  }

  /**
   * Returns these options with another answer to what Ctrl-C does.
   *
   * @param changed whether it cancels the main task; otherwise it ends the program as ever
   * @return the options
   */
  public RunnerOptions withCancelOnInterrupt(boolean changed) {
    return new RunnerOptions(loopFactory, debug, changed, cancelOnTermination, terminationLimit);
  }

  /**
   * Returns these options with or without the cancellation of the main task by SIGTERM.
   *
   * @param changed whether SIGTERM cancels it; otherwise it ends the program at once
   * @return the options
   */
  public RunnerOptions withCancelOnTermination(boolean changed) {
    return new RunnerOptions(loopFactory, debug, cancelOnInterrupt, changed, terminationLimit);
  }

  /**
   * Returns these options with another limit for the clean-up after SIGTERM.
   *
   * @param changed how long the thread that uses the runner may take to finish
   * @return the options
   * @throws IllegalArgumentException if the limit is not positive
   */
  public RunnerOptions withTerminationLimit(Duration changed) {
    return new RunnerOptions(loopFactory, debug, cancelOnInterrupt, cancelOnTermination, changed);
  }
}
