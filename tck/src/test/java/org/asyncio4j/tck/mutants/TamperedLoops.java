package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;

/** Offers loops that are correct but for their connections. */
final class TamperedLoops implements EventLoopProvider {

  private final NioEventLoopProvider nio = new NioEventLoopProvider();
  private final String name;
  private final Supplier<Tampering> tamperings;

  TamperedLoops(String name, Supplier<Tampering> tamperings) {
    this.name = name;
    this.tamperings = tamperings;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Availability availability() {
    return nio.availability();
  }

  @Override
  public Set<Capability> capabilities() {
    return nio.capabilities();
  }

  @Override
  public EventLoop open(LoopContext context) {
    return new TamperedLoop(
        context, name, MutantProvider.driverOf(nio), capabilities(), tamperings);
  }

  private static final class TamperedLoop extends ReadinessEventLoop {

    private final Supplier<Tampering> tamperings;
    private final List<Tampering> opened = new ArrayList<>(); // of the loop's thread

    TamperedLoop(
        LoopContext context,
        String name,
        Driver driver,
        Set<Capability> capabilities,
        Supplier<Tampering> tamperings) {
      super(context, name, driver.poller(), driver.sockets(), capabilities);
      this.tamperings = tamperings;
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Tampering tampering = tamperings.get();
      opened.add(tampering);
      return tampering.open(this, request, super::makeSocketTransport);
    }

    /** Names the protocol and transport that programs know. */
    @Override
    public void callExceptionHandler(ErrorReport report) {
      ErrorReport known = report;
      for (Tampering tampering : opened) {
        if (report.protocol().filter(tampering::isOf).isPresent()) {
          known = known.withProtocol(tampering.user()).withTransport(tampering);
        }
      }
      super.callExceptionHandler(known);
    }
  }
}
