/**
 * An event loop on java.nio, for every platform: the reference for all others.
 *
 * @provides org.asyncio4j.spi.EventLoopProvider the loop named {@code nio}
 */
@SuppressWarnings("requires-automatic") // AutoService has no module descriptor yet
module org.asyncio4j.loop.nio {
  requires transitive org.asyncio4j.spi;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires jdk.net;

  exports org.asyncio4j.loop.nio;

  provides org.asyncio4j.spi.EventLoopProvider with
      org.asyncio4j.loop.nio.NioEventLoopProvider;
}
