package org.asyncio4j;

import static java.util.Objects.requireNonNull;

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
 */
public record RunnerOptions(
    Optional<Supplier<EventLoop>> loopFactory, Optional<Boolean> debug, boolean cancelOnInterrupt) {

  private static final RunnerOptions DEFAULTS =
      new RunnerOptions(Optional.empty(), Optional.empty(), true);

  /** Checks the components. */
  public RunnerOptions {
    requireNonNull(loopFactory, "loopFactory");
    requireNonNull(debug, "debug");
  }

  /** {@return any loop, no debug mode unless a property asks for it, Ctrl-C cancels} */
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
        Optional.of(requireNonNull(factory, "factory")), debug, cancelOnInterrupt);
  }

  /**
   * Returns these options with debug mode on or off.
   *
   * @param changed whether the loop is in debug mode
   * @return the options
   */
  public RunnerOptions withDebug(boolean changed) {
    return new RunnerOptions(loopFactory, Optional.of(changed), cancelOnInterrupt);
  }

  /**
   * Returns these options with another answer to what Ctrl-C does.
   *
   * @param changed whether it cancels the main task; otherwise it ends the program as ever
   * @return the options
   */
  public RunnerOptions withCancelOnInterrupt(boolean changed) {
    return new RunnerOptions(loopFactory, debug, changed);
  }
}
