/**
 * An event loop on Linux epoll, without native code of its own.
 *
 * @provides org.asyncio4j.spi.EventLoopProvider the loop named {@code epoll}
 */
@SuppressWarnings("requires-automatic") // AutoService has no module descriptor yet
module org.asyncio4j.loop.epoll {
  requires transitive org.asyncio4j.spi;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports org.asyncio4j.loop.epoll;

  provides org.asyncio4j.spi.EventLoopProvider with
      org.asyncio4j.loop.epoll.EpollEventLoopProvider;
}
