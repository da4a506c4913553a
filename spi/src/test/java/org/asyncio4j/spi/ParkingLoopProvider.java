package org.asyncio4j.spi;

import java.util.Set;
import org.asyncio4j.core.EventLoop;

/** Opens loops without I/O; for programs on the class path. */
public final class ParkingLoopProvider implements EventLoopProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ParkingLoopProvider() {}

  @Override
  public String name() {
    return "parking";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public EventLoop open(LoopContext context) {
    return new ParkingLoop(context);
  }
}
