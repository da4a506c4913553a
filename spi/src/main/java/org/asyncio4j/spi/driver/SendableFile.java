package org.asyncio4j.spi.driver;

/** A file in the form that {@link StreamSocket#sendFile} needs. */
public interface SendableFile extends AutoCloseable {

  /** Closes the file, if the driver has opened it. Never throws. */
  @Override
  void close();
}
