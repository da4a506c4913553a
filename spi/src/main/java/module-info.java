/**
 * The base for implementing event loops: a skeletal loop, the built-in future and task, and the
 * lifetime hooks of tasks.
 *
 * <p>Start with {@link org.asyncio4j.spi.BaseEventLoop} for a complete loop, with {@link
 * org.asyncio4j.spi.readiness.ReadinessEventLoop} for a driver of non-blocking sockets, or with
 * {@link org.asyncio4j.spi.completion.CompletionEventLoop} for a driver whose operations complete
 * later. The contract is SPEC.md.
 *
 * @uses org.asyncio4j.spi.EventLoopProvider to find the loops
 */
// AutoService has no module descriptor; only the compiler needs it.
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
  exports org.asyncio4j.spi.driver;
  exports org.asyncio4j.spi.hooks;
  exports org.asyncio4j.spi.readiness;
  exports org.asyncio4j.spi.transport;

  uses org.asyncio4j.spi.EventLoopProvider;

  provides org.asyncio4j.internal.bootstrap.LoopBootstrap with
      org.asyncio4j.spi.internal.bootstrap.ServiceLoaderBootstrap;
  provides org.asyncio4j.internal.context.ContextSlot with
      org.asyncio4j.spi.internal.fiber.AmbientContext;
}
