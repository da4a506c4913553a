package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * The settings with which a loop is opened.
 *
 * @param clock the source of the loop's time
 * @param coroutines the engine that runs the bodies of tasks
 * @param debug whether debug mode is initially on
 */
public record LoopContext(NanoClock clock, CoroutineMode coroutines, boolean debug) {

  /** Checks the components. */
  public LoopContext {
    requireNonNull(clock, "clock");
    requireNonNull(coroutines, "coroutines");
  }

  /** {@return a context with the system's clock, the best available engine, and debug mode off} */
  public static LoopContext defaults() {
    return new LoopContext(NanoClock.system(), CoroutineMode.AUTO, false);
  }

  /**
   * Returns this context with another clock.
   *
   * @param changed the source of the loop's time
   * @return the context
   */
  public LoopContext withClock(NanoClock changed) {
    return new LoopContext(changed, coroutines, debug);
  }

  /**
   * Returns this context with another engine.
   *
   * @param changed the engine that runs the bodies of tasks
   * @return the context
   */
  public LoopContext withCoroutines(CoroutineMode changed) {
    return new LoopContext(clock, changed, debug);
  }

  /**
   * Returns this context with debug mode on or off.
   *
   * @param changed whether debug mode is initially on
   * @return the context
   */
  public LoopContext withDebug(boolean changed) {
    return new LoopContext(clock, coroutines, changed);
  }
}
