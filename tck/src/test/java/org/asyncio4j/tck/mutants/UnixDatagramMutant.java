package org.asyncio4j.tck.mutants;

import java.util.Set;
import java.util.function.Function;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.epoll.EpollEventLoopProvider;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;

/** The correct loop over the driver of {@code epoll}, which alone has Unix datagrams. */
abstract class UnixDatagramMutant extends DatagramMutant {

  UnixDatagramMutant(LoopContext context) {
    super(context, MutantProvider.driverOf(new EpollEventLoopProvider()));
  }

  /** Offers such a mutant, where the driver is there. */
  static final class Provider extends MutantProvider {

    private final EpollEventLoopProvider epoll = new EpollEventLoopProvider();

    Provider(Function<LoopContext, EventLoop> opener) {
      super(opener);
    }

    @Override
    public Availability availability() {
      return epoll.availability();
    }

    @Override
    public Set<Capability> capabilities() {
      return epoll.capabilities();
    }
  }
}
