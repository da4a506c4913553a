/**
 * The application's view of asyncio4j: futures, tasks, event loops, transports and protocols.
 *
 * <p>An application requires only this module. Its entry point is {@link org.asyncio4j.Asyncio};
 * loops are found through {@link java.util.ServiceLoader} when the application runs.
 *
 * @uses org.asyncio4j.internal.bootstrap.LoopBootstrap to open loops and to find the running one
 * @uses org.asyncio4j.internal.context.ContextSlot to find the context of the running code
 */
// The friend module is compiled after this one, so the compiler cannot see it yet.
@SuppressWarnings("module")
module org.asyncio4j {
  requires static transitive org.jspecify;
  requires static com.google.common;

  exports org.asyncio4j;
  exports org.asyncio4j.core;
  exports org.asyncio4j.datagram;
  exports org.asyncio4j.net;
  exports org.asyncio4j.net.options;
  exports org.asyncio4j.net.socket;
  exports org.asyncio4j.net.tls;
  exports org.asyncio4j.stream;
  exports org.asyncio4j.sync;
  exports org.asyncio4j.tasks;
  exports org.asyncio4j.guava;
  exports org.asyncio4j.internal.bootstrap to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.buffer to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.context to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.describe to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.failure to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.identity to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.race to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.termination to
      org.asyncio4j.spi;
  exports org.asyncio4j.internal.transport to
      org.asyncio4j.spi;

  uses org.asyncio4j.internal.bootstrap.LoopBootstrap;
  uses org.asyncio4j.internal.context.ContextSlot;
}
