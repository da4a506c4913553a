/**
 * What authors of event loops build on: the skeleton of a loop, the built-in future and task, and the registration hooks
 * of a task's life.
 *
 * <p>Start with {@link org.asyncio4j.spi.BaseEventLoop} for a whole loop, or with {@link
 * org.asyncio4j.spi.readiness.ReadinessEventLoop} for a driver of non-blocking sockets. The contract is SPEC.md.
 *
 * @uses org.asyncio4j.spi.EventLoopProvider to find the loops
 */
module org.asyncio4j.spi {
  requires transitive org.asyncio4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires com.google.common;
  requires org.jctools.core;

  exports org.asyncio4j.spi;
  exports org.asyncio4j.spi.coroutine;
  exports org.asyncio4j.spi.readiness;

  uses org.asyncio4j.spi.EventLoopProvider;

  provides org.asyncio4j.internal.bootstrap.LoopBootstrap with
      org.asyncio4j.spi.internal.ServiceLoaderBootstrap;
  provides org.asyncio4j.internal.context.ContextSlot with
      org.asyncio4j.spi.internal.FiberContextSlot;
}
