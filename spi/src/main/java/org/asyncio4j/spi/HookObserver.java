package org.asyncio4j.spi;

/** Sees every call of a loop's private hooks: the seam for the TCK, for metrics and for tracing. */
@FunctionalInterface
public interface HookObserver {

  /**
   * Called right after a hook returned or threw, on the thread that called it. Must not throw,
   * block, or call the loop.
   *
   * @param call what was called
   */
  void called(HookCall call);
}
