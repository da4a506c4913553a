package org.asyncio4j.spi.hooks;

/** Observes each call of a loop's private hooks, for the TCK, metrics and tracing. */
@FunctionalInterface
public interface HookObserver {

  /**
   * Called immediately after a hook has returned or thrown, on the thread that called it. Must not
   * throw, block, or call the loop.
   *
   * @param call the observed call
   */
  void called(HookCall call);
}
