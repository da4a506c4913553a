/**
 * What authors of event loops build on: the skeleton of a loop, the built-in future and task, and
 * the registration hooks of a task's life.
 *
 * <p>Start with {@link org.asyncio4j.spi.BaseEventLoop} for a whole loop, or with {@link
 * org.asyncio4j.spi.readiness.ReadinessEventLoop} for a driver of non-blocking sockets, or with
 * {@link org.asyncio4j.spi.completion.CompletionEventLoop} for one of operations that end later.
 * The contract is SPEC.md.
 *
 * @uses org.asyncio4j.spi.EventLoopProvider to find the loops
 */
// AutoService has no descriptor of its own; it is needed by the compiler alone.
@SuppressWarnings("requires-automatic")
module org.asyncio4j.spi {
  requires transitive org.asyncio4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires com.google.common;
  requires jdk.unsupported;
  requires org.jctools.core.jdk11;

  exports org.asyncio4j.spi;
  exports org.asyncio4j.spi.completion;
  exports org.asyncio4j.spi.coroutine;
  exports org.asyncio4j.spi.readiness;
  exports org.asyncio4j.spi.transport;

  uses org.asyncio4j.spi.EventLoopProvider;

  provides org.asyncio4j.internal.bootstrap.LoopBootstrap with
      org.asyncio4j.spi.internal.bootstrap.ServiceLoaderBootstrap;
  provides org.asyncio4j.internal.context.ContextSlot with
      org.asyncio4j.spi.internal.fiber.AmbientContext;
}
