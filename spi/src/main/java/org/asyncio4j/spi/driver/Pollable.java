package org.asyncio4j.spi.driver;

/** An object that a poller of the same driver can watch. */
public interface Pollable {

  /** {@return whether it is open, as far as the driver can know} */
  boolean isOpen();
}
